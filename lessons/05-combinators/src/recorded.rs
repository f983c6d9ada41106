//! What `cargo lesson combinators --timeline text` records: who is polled while one waits for
//! several.
//!
//! A thread called `clock` moves the time on, each time `main` sleeps.

use std::thread;

use combinators::{Unordered, buffered, join, select};
use shared::narrate::VirtualClock;
use shared::record::{Kind, Recorder, Run};
use wakers::block_on;

use crate::{SECOND, wait};

pub const RUNS: [Run<'static>; 4] = [
    Run { name: "together", title: "In a row, then together", record: &together },
    Run { name: "loser", title: "The loser is dropped", record: &loser },
    Run { name: "woken-only", title: "Who was woken is polled", record: &woken_only },
    Run {
        name: "nobody-polls",
        title: "While the body waits, nobody polls",
        record: &nobody_polls,
    },
];

/// Runs the task on this thread. Each time it sleeps, the clock shows some seconds in turn. The
/// last of them wakes the task, and nothing else: two wakes would race with what the first one
/// causes.
fn on_the_clock<T>(
    recorder: &Recorder,
    clock: &VirtualClock,
    seconds_by_sleep: &[&[u32]],
    task: impl Future<Output = T>,
) -> T {
    let move_on = || {
        for (turn, seconds) in seconds_by_sleep.iter().enumerate() {
            recorder.wait_for_nth(turn + 1, |event| event.kind == Kind::Park);
            recorder.name_thread("clock");
            for second in *seconds {
                recorder.note(|| format!("second {second}"));
                clock.advance(*second * SECOND - clock.now());
            }
        }
    };
    thread::scope(|scope| {
        scope.spawn(move_on);
        recorder.on_this_thread(|| block_on(task))
    })
}

fn together(recorder: &Recorder) {
    let clock = VirtualClock::new();
    let named = |name: &str, seconds| recorder.future(name, wait(&clock, seconds));
    let (a, b, c, d) =
        (named("a: 2 s", 2), named("b: 3 s", 3), named("c: 2 s", 2), named("d: 3 s", 3));
    let task = recorder.future("task", async {
        a.await;
        b.await;
        recorder.note(|| "in a row: 5 s".into());
        join(c, d).await;
        recorder.note(|| "together: 3 s".into());
    });
    on_the_clock(recorder, &clock, &[&[2], &[5], &[7], &[8]], task);
}

/// Notes its drop.
struct Connection<'a>(&'a Recorder);

impl Drop for Connection<'_> {
    fn drop(&mut self) {
        self.0.note(|| "closes the connection".into());
    }
}

fn loser(recorder: &Recorder) {
    let clock = VirtualClock::new();
    let quick = recorder.future("quick", wait(&clock, 1));
    let slow = recorder.future("slow", async {
        let _connection = Connection(recorder);
        recorder.note(|| "opens a connection".into());
        wait(&clock, 10).await;
        recorder.note(|| "says goodbye".into());
    });
    let task = recorder.future("task", async {
        select(quick, slow).await;
        recorder.note(|| "has a winner".into());
    });
    on_the_clock(recorder, &clock, &[&[1]], task);
}

fn woken_only(recorder: &Recorder) {
    let clock = VirtualClock::new();
    let children = [("a: 3 s", 3), ("b: 1 s", 1), ("c: 2 s", 2)];
    let mut set: Unordered<_> = children
        .into_iter()
        .map(|(name, seconds)| recorder.future(name, wait(&clock, seconds)))
        .collect();
    let task = recorder.future("task", async { while set.next().await.is_some() {} });
    on_the_clock(recorder, &clock, &[&[1], &[2], &[3]], task);
}

fn nobody_polls(recorder: &Recorder) {
    let clock = VirtualClock::new();
    let page = |number: u32| recorder.future(&format!("page {number}"), wait(&clock, number));
    let mut pages = buffered(2, (1..=3).map(page));
    let task = recorder.future("task", async {
        for body in ["body 1", "body 2"] {
            pages.next().await;
            recorder.future(body, wait(&clock, 5)).await;
        }
        pages.next().await;
    });
    on_the_clock(recorder, &clock, &[&[1], &[2, 6], &[11], &[14]], task);
}
