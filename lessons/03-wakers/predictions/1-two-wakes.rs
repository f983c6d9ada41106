//! A future calls its own waker twice, and returns Pending. At its second poll it is ready.
//!
//! In which order do the three notes come?

use std::future::poll_fn;
use std::task::Poll;

use shared::record::{Recorder, Run, timeline_if_asked};
use wakers::block_on;

fn main() {
    timeline_if_asked(&[Run {
        name: "two-wakes",
        title: "Two wakes in one poll",
        record: &two_wakes,
    }]);
    println!("Predict it first: cargo course predict wakers/two-wakes");
}

fn two_wakes(recorder: &Recorder) {
    // ANCHOR: shown
    let mut polls = 0;
    let future = poll_fn(|cx| {
        polls += 1;
        if polls == 2 {
            recorder.note(|| "1: the second poll has begun".into());
            return Poll::Ready("done");
        }
        cx.waker().wake_by_ref();
        recorder.note(|| "2: the waker has been called".into());
        cx.waker().wake_by_ref();
        recorder.note(|| "3: the waker has been called again".into());
        Poll::Pending
    });
    block_on(recorder.future("future", future));
    // ANCHOR_END: shown
}
