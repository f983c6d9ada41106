//! A task waits within an async function that it awaits. Then it is dropped.
//!
//! In which order do the four notes come?

use futures_by_hand::{poll_once, yield_now};
use shared::record::{Recorder, Run, timeline_if_asked};

fn main() {
    let title = "A future is dropped half-way";
    timeline_if_asked(&[Run { name: "half-way", title, record: &half_way }]);
    println!("Predict it first: cargo course predict pinning/half-way");
}

// ANCHOR: shown
fn half_way(recorder: &Recorder) {
    let task = async {
        let _first = Local(recorder, "1: the task's first local is dropped");
        let _second = Local(recorder, "2: the task's second local is dropped");
        waits(recorder).await;
        unreachable!("nobody polls it again");
    };
    let mut task = Box::pin(recorder.future("task", task));
    assert!(poll_once(&mut task).is_pending());
    drop(task);
    recorder.note(|| "3: `drop` has returned".into());
}

async fn waits(recorder: &Recorder) {
    let _local = Local(recorder, "4: the local of the function that it awaits is dropped");
    yield_now().await;
}

/// Says so when it is dropped.
struct Local<'a>(&'a Recorder, &'static str);

impl Drop for Local<'_> {
    fn drop(&mut self) {
        self.0.note(|| self.1.into());
    }
}
// ANCHOR_END: shown
