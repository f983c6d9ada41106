//! A pinned slot holds a future that waits. Another future is put in its place, and polled.
//!
//! In which order do the four notes come?

use std::pin::pin;

use futures_by_hand::{poll_once, yield_now};
use shared::record::{Recorder, Run, timeline_if_asked};

fn main() {
    let title = "One future is put in another one's place";
    timeline_if_asked(&[Run { name: "another-future", title, record: &another_future }]);
    println!("Predict it first: cargo course predict pinning/another-future");
}

// ANCHOR: shown
fn another_future(recorder: &Recorder) {
    let mut slot = pin!(work(recorder, "1: the old one's local is dropped"));
    assert!(poll_once(&mut slot).is_pending());

    slot.set({
        recorder.note(|| "2: the new one is about to be made".into());
        work(recorder, "3: the new one's local is dropped")
    });
    recorder.note(|| "4: the new one is about to be polled".into());
    assert!(poll_once(&mut slot).is_pending());
}

async fn work(recorder: &Recorder, last_words: &'static str) {
    let _local = Local(recorder, last_words);
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
