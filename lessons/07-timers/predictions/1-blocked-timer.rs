//! Three tasks on one executor. Two of them sleep. The third one sleeps, too, and then works for
//! ten seconds without an `await`.
//!
//! In which order do the three notes come?

use std::time::Duration;

use executor::Executor;
use shared::narrate::VirtualClock;
use shared::record::{Recorder, Run, timeline_if_asked};
use timers::{Timers, VirtualPark};

fn main() {
    let title = "A timer fires when the loop gets to look";
    timeline_if_asked(&[Run { name: "blocked-timer", title, record: &blocked_timer }]);
    println!("Predict it first: cargo course predict timers/blocked-timer");
}

// ANCHOR: shown
fn blocked_timer(recorder: &Recorder) {
    let clock = VirtualClock::new();
    let park = VirtualPark::new(clock.clone());
    let (timers, timer) = Timers::new(clock.clone(), park);
    let executor = Executor::with_park(timers);

    let seconds = Duration::from_secs;
    let (later, sooner, worker) =
        (timer.sleep(seconds(5)), timer.sleep(seconds(2)), timer.sleep(seconds(1)));
    let notes = [(); 3].map(|()| recorder.clone());
    let [later_notes, sooner_notes, worker_notes] = notes;
    let later = recorder.task("later", async move {
        later.await;
        later_notes.note(|| "1: five seconds are over".into());
    });
    let sooner = recorder.task("sooner", async move {
        sooner.await;
        sooner_notes.note(|| "2: two seconds are over".into());
    });
    let worker = recorder.task("worker", async move {
        worker.await;
        clock.advance(seconds(10)); // That is how long it works.
        worker_notes.note(|| "3: the work is done".into());
    });
    executor.spawn(later).detach();
    executor.spawn(sooner).detach();
    executor.spawn(worker).detach();
    recorder.on_this_thread(|| executor.run());
}
// ANCHOR_END: shown
