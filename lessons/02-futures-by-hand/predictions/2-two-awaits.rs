//! Two tasks take turns. Each has one await: polite awaits a future that is pending once, eager one
//! that is ready.
//!
//! In which order do the four notes come?

use std::future::ready;

use futures_by_hand::{as_coroutine, yield_now};
use generators::RoundRobin;
use shared::record::{Recorder, Run, timeline_if_asked};

fn main() {
    let title = "One await that is pending, and one that is not";
    timeline_if_asked(&[Run { name: "two-awaits", title, record: &two_awaits }]);
    println!("Predict it first: cargo course predict futures-by-hand/two-awaits");
}

fn two_awaits(recorder: &Recorder) {
    // ANCHOR: shown
    let polite = recorder.task("polite", async {
        recorder.note(|| "1: polite is about to await".into());
        yield_now().await;
        recorder.note(|| "2: polite has awaited".into());
    });
    let eager = recorder.task("eager", async {
        recorder.note(|| "3: eager is about to await".into());
        ready(()).await;
        recorder.note(|| "4: eager has awaited".into());
    });

    let mut tasks = RoundRobin::new();
    tasks.spawn(as_coroutine(Box::pin(polite)));
    tasks.spawn(as_coroutine(Box::pin(eager)));
    tasks.run(|_, _| ());
    // ANCHOR_END: shown
}
