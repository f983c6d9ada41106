//! Shows an executor at work: who has a turn, who waits for whom, and what a task costs.
//!
//! Run it with `cargo lesson executor`. It builds on the signal and the channel of `wakers`, and on
//! `yield_now` of `futures_by_hand`.
//!
//! Everything printed is a count, an order, or the time of a virtual clock, and the same in every
//! run. What the costs are in nanoseconds, `just cost-grid` measures.

use std::cell::{Cell, OnceCell};
use std::future::{poll_fn, ready};
use std::hint::black_box;
use std::panic;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use executor::{Executor, JoinError, JoinHandle, Watchdog, yield_now};
use shared::figures::alloc::{Count, CountingAllocator, count};
use shared::narrate::VirtualClock;
use shared::narrate::{fact, say, scene, table, title};
use shared::probe::{Journal, ScriptLog, Scripted};
use shared::record::{Recorder, timeline_if_asked};

mod chains;
mod recorded;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const MS: Duration = Duration::from_millis(1);

fn main() {
    timeline_if_asked(&recorded::RUNS);
    title("Executor", "The star of the show: a queue of tasks, and the rule that each must share.");
    spawning_does_not_run();
    a_task_that_awaits_a_task();
    who_gives_up_the_thread();
    by_turns();
    a_greedy_task();
    what_becomes_of_a_task();
    wakers_at_any_moment();
    two_allocations();
    in_a_row_and_nested();
}

// ANCHOR: does-not-run
fn spawning_does_not_run() {
    scene("Spawning does not run");
    let executor = Executor::new();
    let (future, log) = Scripted::new("task", 0, ());
    let task = executor.spawn(future);
    fact("polls after spawn", log.polls());
    executor.block_on(async {});
    fact("after an empty block_on", log.polls());
    fact("tasks that are not over", executor.len());
    executor.block_on(task).expect("it does not panic");
    fact("after a block_on of its handle", log.polls());
}
// ANCHOR_END: does-not-run

// ANCHOR: awaits-a-task
fn a_task_that_awaits_a_task() {
    scene("A task that awaits a task");
    say("root, on which main blocks, awaits the task outer, which awaits the task inner.");
    let recorder = Recorder::new();
    let result = recorded::outer_awaits_inner(&recorder);
    let timeline = recorder.timeline();
    for (step, event) in timeline.events.iter().enumerate() {
        say(format_args!("  {:>2}  {}", step + 1, timeline.sentence(event)));
    }
    fact("result", result);
    for name in ["root", "outer", "inner"] {
        fact(&format!("polls of {name}"), chains::polls(&timeline, Some(name)));
    }
}
// ANCHOR_END: awaits-a-task

// ANCHOR: five-times
fn who_gives_up_the_thread() {
    scene("Who gives up the thread");
    say("The task B is spawned. Then A is awaited five times, and then B.");
    let executor = Executor::new();
    let order = Journal::new();
    executor.block_on(async {
        let b = executor.spawn(says("B", order.clone()));
        for _ in 0..5 {
            says("A", order.clone()).await;
        }
        b.await.expect("it does not panic");
    });
    fact("each A is a future", order.take().join(" "));

    executor.block_on(async {
        let b = executor.spawn(says("B", order.clone()));
        for _ in 0..5 {
            executor.spawn(says("A", order.clone())).await.expect("it does not panic");
        }
        b.await.expect("it does not panic");
    });
    fact("each A is a task", order.take().join(" "));
}

async fn says(word: &'static str, order: Journal) {
    order.note(word);
}
// ANCHOR_END: five-times

// ANCHOR: by-turns
fn by_turns() {
    scene("By turns");
    for shares in [false, true] {
        let (executor, order) = (Executor::new(), Journal::new());
        for name in ["a", "b", "c"] {
            executor.spawn(three_steps(name, shares, order.clone())).detach();
        }
        executor.run();
        let what = if shares { "yield_now after each step" } else { "no await in between" };
        fact(what, order.entries().join(" "));
    }
}

async fn three_steps(name: &str, shares: bool, order: Journal) {
    for step in 1..=3 {
        order.note(format_args!("{name}{step}"));
        if shares {
            yield_now().await;
        }
    }
}
// ANCHOR_END: by-turns

// ANCHOR: greedy
fn a_greedy_task() {
    scene("A greedy task");
    say("Three tasks have work for 5 ms each, and the first one for 350 ms. The limit is 100 ms.");
    for slice in [350, 50] {
        say(format_args!("In slices of {slice} ms at most:"));
        let (executor, clock) = (Executor::new(), VirtualClock::new());
        let time = clock.clone();
        let watchdog = Watchdog::new(100 * MS, |slow| say(format_args!("  watchdog: {slow}")));
        executor.watch(watchdog.with_clock(move || time.now()));
        for (name, work) in [("greedy", 350), ("modest", 5), ("last", 5)] {
            let clock = clock.clone();
            executor
                .spawn_named(name, async move {
                    computes(work, slice, &clock).await;
                    let now = clock.now().as_millis();
                    fact(&format!("{name} is done after"), format_args!("{now} ms"));
                })
                .detach();
        }
        executor.run();
    }
}

/// Uses up time on this thread, and lets the others have their turn after each slice.
async fn computes(mut work: u32, slice: u32, clock: &VirtualClock) {
    while work > 0 {
        let now = work.min(slice);
        clock.advance(now * MS);
        work -= now;
        if work > 0 {
            yield_now().await;
        }
    }
}
// ANCHOR_END: greedy

// ANCHOR: becomes
fn what_becomes_of_a_task() {
    scene("What becomes of a task");
    say("A task called tea is ready at its third poll, with 17.");
    let mut rows = Vec::new();
    let mut row = |what: &str, handle: String, log: ScriptLog| {
        assert!(log.is_dropped(), "whatever happens, the future is dropped");
        rows.push(vec![what.to_owned(), log.polls().to_string(), handle]);
    };

    let (executor, task, log) = tea();
    row("its handle is awaited", outcome(executor.block_on(task)), log);

    let (executor, task, log) = tea();
    drop(task);
    executor.run();
    row("its handle is dropped", "(there is none)".into(), log);

    let (executor, task, log) = tea();
    executor.block_on(yield_now());
    task.abort();
    row("it is aborted after one poll", outcome(executor.block_on(task)), log);

    let (executor, task, log) = tea();
    executor.block_on(yield_now());
    drop(executor);
    row("its executor is dropped", outcome(wakers::block_on(task)), log);

    table(&["what happens", "polls", "what the handle gives"], &rows);
    let executor = Executor::new();
    let bad = executor.spawn_named("tea", async { panic!("no more tea") });
    let result = without_noise(|| executor.block_on(bad));
    fact("and if it panics", outcome(result));
}

fn tea() -> (Executor, JoinHandle<u32>, ScriptLog) {
    let executor = Executor::new();
    let (future, log) = Scripted::new("tea", 2, 17);
    let task = executor.spawn_named("tea", future);
    (executor, task, log)
}

fn outcome(result: Result<u32, JoinError>) -> String {
    result.map_or_else(|error| error.to_string(), |value| format!("Ok({value})"))
}
// ANCHOR_END: becomes

/// What `work` returns. A panic that it catches is not printed.
fn without_noise<T>(work: impl FnOnce() -> T) -> T {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let value = work();
    panic::set_hook(hook);
    value
}

// ANCHOR: any-moment
fn wakers_at_any_moment() {
    scene("A waker may be called at any moment");
    let rows = [
        ("during the poll", polls_of(2, Some(Waker::wake_by_ref), |executor, _| executor.run())),
        (
            "three times before the next poll",
            polls_of(3, None, |executor, waker| {
                (0..3).for_each(|_| waker.wake_by_ref());
                executor.block_on(yield_now());
                executor.block_on(yield_now());
            }),
        ),
        (
            "by another thread",
            polls_of(2, None, |executor, waker| {
                let elsewhere = thread::spawn(move || waker.wake());
                executor.run();
                elsewhere.join().expect("it does not panic");
            }),
        ),
        (
            "after the task is over",
            polls_of(1, None, |executor, waker| {
                waker.wake();
                executor.block_on(yield_now());
            }),
        ),
        (
            "after the executor is gone",
            polls_of(2, None, |executor, waker| {
                drop(executor);
                thread::spawn(move || waker.wake()).join().expect("it does not panic");
            }),
        ),
        ("never", polls_of(2, None, |executor, _| executor.block_on(yield_now()))),
    ];
    let row = |(when, polls): &(&str, u32)| vec![(*when).to_owned(), polls.to_string()];
    table(&["the waker is called", "polls"], &rows.each_ref().map(row));
}

/// How often a task is polled that is ready at its `last` poll. Its first poll does something with
/// its waker, and afterwards something is done with both.
fn polls_of(
    last: u32,
    first_poll: Option<fn(&Waker)>,
    afterwards: impl FnOnce(Executor, Waker),
) -> u32 {
    let executor = Executor::new();
    let shared: Rc<(Cell<u32>, OnceCell<Waker>)> = Rc::default();
    let theirs = Rc::clone(&shared);
    executor
        .spawn(poll_fn(move |cx| {
            let (polls, waker) = &*theirs;
            polls.set(polls.get() + 1);
            if waker.set(cx.waker().clone()).is_ok() {
                first_poll.inspect(|does| does(cx.waker()));
            }
            if polls.get() == last { Poll::Ready(()) } else { Poll::Pending }
        }))
        .detach();
    executor.block_on(yield_now());
    afterwards(executor, shared.1.get().expect("it was polled").clone());
    shared.0.get()
}
// ANCHOR_END: any-moment

// ANCHOR: allocations
fn two_allocations() {
    scene("Two allocations");
    let executor = Executor::new();
    // So that the queue and the list have room.
    executor.spawn(ready(())).detach();
    executor.run();
    let mut rows = Vec::new();
    let mut row = |what: &str, future: usize, counted: Count| {
        let cells = [future as u64, counted.allocations, counted.bytes].map(|n| n.to_string());
        rows.push([vec![what.to_owned()], cells.to_vec()].concat());
    };
    let future = ready(());
    row("ready(())", size_of_val(&future), spawned(&executor, future));
    let future = yield_now();
    row("yield_now()", size_of_val(&future), spawned(&executor, future));
    let future = holds_a_kilobyte();
    row("an async fn that keeps 1,024 bytes", size_of_val(&future), spawned(&executor, future));
    say("In bytes, on 64 bits:");
    table(&["a task of", "its size", "allocations", "bytes together"], &rows);
}

/// What spawning allocates.
fn spawned(executor: &Executor, future: impl Future<Output = ()> + 'static) -> Count {
    let (task, counted) = count(|| executor.spawn(future));
    executor.block_on(task).expect("it does not panic");
    counted
}

async fn holds_a_kilobyte() {
    let kept = [0_u8; 1_024];
    yield_now().await;
    black_box(&kept);
}
// ANCHOR_END: allocations

// ANCHOR: in-a-row
fn in_a_row_and_nested() {
    scene("In a row, and nested");
    say("The root awaits n tasks, one after the other. Or it awaits one task, which awaits one,");
    say("which awaits one, and so on down to the n-th.");
    let row = |n: u32| {
        let (row, nested) =
            (chains::counted(n, chains::in_a_row), chains::counted(n, chains::nested));
        assert_eq!((row.wakes, nested.wakes), (n as usize, n as usize));
        let cells = [row.root, nested.root, row.tasks, nested.tasks, row.turns, nested.turns];
        [vec![n.to_string()], cells.map(|count| count.to_string()).to_vec()].concat()
    };
    let headings = ["n", "root: row", "nested", "tasks: row", "nested", "turns: row", "nested"];
    say("Polls of the root, polls of tasks, and turns of the loop:");
    table(&headings, &[1, 2, 4, 8, 10].map(row));
    say("In both ways there are n tasks, n wakes, and 2n + 1 polls.");
    say("How long that takes: cargo run --release -p lesson-06-executor --example cost_grid");
}
// ANCHOR_END: in-a-row
