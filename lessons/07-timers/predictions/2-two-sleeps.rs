//! Three tasks on one executor. Each notes when it has slept enough.
//!
//! In which order do the three notes come?

use std::time::Duration;

use executor::Executor;
use shared::narrate::VirtualClock;
use shared::record::{Recorder, Run, timeline_if_asked};
use timers::{Timers, VirtualPark};

fn main() {
    let title = "A deadline is fixed by the call";
    timeline_if_asked(&[Run { name: "two-sleeps", title, record: &two_sleeps }]);
    println!("Predict it first: cargo course predict timers/two-sleeps");
}

// ANCHOR: shown
fn two_sleeps(recorder: &Recorder) {
    let clock = VirtualClock::new();
    let (timers, timer) = Timers::new(clock.clone(), VirtualPark::new(clock));
    let executor = Executor::with_park(timers);
    let (first, second, third) = (recorder.clone(), recorder.clone(), recorder.clone());
    let millis = Duration::from_millis;

    let theirs = timer.clone();
    let first = recorder.task("first", async move {
        theirs.sleep(millis(1000)).await;
        theirs.sleep(millis(3000)).await;
        first.note(|| "1: the first task has slept".into());
    });
    let (one, three) = (timer.sleep(millis(1000)), timer.sleep(millis(3000)));
    let second = recorder.task("second", async move {
        one.await;
        three.await;
        second.note(|| "2: the second task has slept".into());
    });
    let third = recorder.task("third", async move {
        timer.sleep(millis(3500)).await;
        third.note(|| "3: the third task has slept".into());
    });
    executor.spawn(first).detach();
    executor.spawn(second).detach();
    executor.spawn(third).detach();
    recorder.on_this_thread(|| executor.run());
}
// ANCHOR_END: shown
