//! An async function is called twice. Then both of the futures that it gave are awaited.
//!
//! In which order do the three notes come?

use futures_by_hand::poll_until_ready;
use shared::record::{Recorder, Run, timeline_if_asked};

fn main() {
    let title = "Two calls, and who runs first";
    timeline_if_asked(&[Run { name: "two-calls", title, record: &two_calls }]);
    println!("Predict it first: cargo course predict futures-by-hand/two-calls");
}

// ANCHOR: shown
async fn shout(recorder: &Recorder, word: &'static str) -> usize {
    recorder.note(|| word.into());
    word.len()
}

fn two_calls(recorder: &Recorder) {
    let one = recorder.future("one", shout(recorder, "1: one is shouted"));
    let three = recorder.future("three", shout(recorder, "2: three is shouted"));
    recorder.note(|| "3: both have been called".into());

    let sum = recorder.future("sum", async { three.await + one.await });
    poll_until_ready(sum);
}
// ANCHOR_END: shown
