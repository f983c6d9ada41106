//! Two pages are fetched, two at a time. Each is pending once, and wakes itself. Between the two
//! calls of next stands what the body of a loop would do: it is pending three times.
//!
//! In which order do the four notes come?

use combinators::buffered;
use futures_by_hand::yield_now;
use shared::record::{Recorder, Run, timeline_if_asked};
use wakers::block_on;

fn main() {
    let title = "While the body waits";
    timeline_if_asked(&[Run { name: "the-body-waits", title, record: &the_body_waits }]);
    println!("Predict it first: cargo course predict combinators/the-body-waits");
}

// ANCHOR: shown
/// Pending once; then it says what it was told to say.
async fn page(recorder: &Recorder, note: &str) {
    yield_now().await;
    recorder.note(|| note.into());
}

fn the_body_waits(recorder: &Recorder) {
    let first = recorder.future("first", page(recorder, "3: the first page is here"));
    let second = recorder.future("second", page(recorder, "1: the second page is here"));
    let mut pages = buffered(2, [first, second]);
    block_on(recorder.future("task", async {
        pages.next().await;
        recorder.note(|| "4: the body begins with the first page".into());
        for _ in 0..3 {
            yield_now().await;
        }
        recorder.note(|| "2: the body has ended with the first page".into());
        pages.next().await;
    }));
}
// ANCHOR_END: shown
