//! A task is spawned. Then two async functions are awaited, and then the task.
//!
//! In which order do the three notes come?

use executor::Executor;
use shared::record::{Recorder, Run, timeline_if_asked};

fn main() {
    timeline_if_asked(&[Run {
        name: "spawned",
        title: "Who gives up the thread",
        record: &spawned,
    }]);
    println!("Predict it first: cargo course predict executor/spawned");
}

// ANCHOR: shown
fn spawned(recorder: &Recorder) {
    let executor = Executor::new();
    let theirs = recorder.clone();
    executor
        .block_on(async {
            let task = executor.spawn(async move { theirs.note(|| "1: the task".into()) });
            function(recorder, "2: the first function").await;
            function(recorder, "3: the second function").await;
            task.await
        })
        .expect("it does not panic");
}

async fn function(recorder: &Recorder, note: &str) {
    recorder.note(|| note.into());
}
// ANCHOR_END: shown
