//! What `cargo lesson executor --timeline text` records: who is polled in whose turn, and who wakes
//! whom.

use executor::{Executor, yield_now};
use shared::record::{Recorder, Run};

use crate::chains;

pub const RUNS: [Run<'static>; 5] = [
    Run {
        name: "awaits-a-task",
        title: "A task that awaits a task",
        record: &|recorder| assert_eq!(outer_awaits_inner(recorder), 17),
    },
    Run {
        name: "futures-or-tasks",
        title: "Two awaited as futures, then two as tasks",
        record: &futures_or_tasks,
    },
    Run { name: "greedy", title: "A greedy task, and one that shares", record: &greedy },
    Run { name: "in-a-row", title: "Three tasks in a row", record: &|recorder| in_a_row(recorder) },
    Run { name: "nested", title: "Three tasks, nested", record: &|recorder| nested(recorder) },
];

// ANCHOR: outer
/// The sum of 7, from a task, and 10.
pub fn outer_awaits_inner(recorder: &Recorder) -> u32 {
    let executor = Executor::new();
    let (spawner, theirs) = (executor.spawner(), recorder.clone());
    let outer = recorder.task("outer", async move {
        let inner = theirs.task("inner", async { 7 }).showing(u32::to_string);
        spawner.spawn(inner).await.expect("it does not panic") + 10
    });
    let task = executor.spawn(outer.showing(u32::to_string));
    let root = recorder.future("root", async { task.await.expect("it does not panic") });
    recorder.on_this_thread(|| executor.block_on(root.showing(u32::to_string)))
}
// ANCHOR_END: outer

/// B waits in the queue. Whether it has its turn between one A and the next depends on what A is.
fn futures_or_tasks(recorder: &Recorder) {
    let executor = Executor::new();
    let root = recorder.future("root", async {
        executor.spawn(recorder.task("B", async {})).detach();
        recorder.future("A1", async {}).await;
        recorder.future("A2", async {}).await;
        recorder.note(|| "B has not had a turn yet".into());
        for name in ["A3", "A4"] {
            let task = executor.spawn(recorder.task(name, async {}));
            task.await.expect("it does not panic");
        }
    });
    recorder.on_this_thread(|| executor.block_on(root));
}

/// The first task has three pieces of work and keeps the thread for all of them. The second one
/// shares.
fn greedy(recorder: &Recorder) {
    let executor = Executor::new();
    for (name, shares) in [("greedy", false), ("shares", true)] {
        let theirs = recorder.clone();
        executor
            .spawn(recorder.task(name, async move {
                for piece in 1..=3 {
                    theirs.note(|| format!("works on piece {piece}"));
                    if shares && piece < 3 {
                        yield_now().await;
                    }
                }
            }))
            .detach();
    }
    let last = recorder.clone();
    executor.spawn(recorder.task("last", async move { last.note(|| "at last".into()) })).detach();
    recorder.on_this_thread(|| executor.run());
}

fn in_a_row(recorder: &Recorder) {
    let executor = Executor::new();
    let chain = chains::in_a_row(executor.spawner(), 3, recorder.clone());
    let root = recorder.future("root", chain);
    recorder.on_this_thread(|| executor.block_on(root));
}

fn nested(recorder: &Recorder) {
    let executor = Executor::new();
    let chain = chains::nested(executor.spawner(), 3, recorder.clone());
    let root = recorder.future("root", chain);
    recorder.on_this_thread(|| executor.block_on(root));
}
