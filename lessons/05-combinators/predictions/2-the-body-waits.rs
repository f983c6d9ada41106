//! Two pages are fetched, both at the same time. Each is pending once, and wakes itself. The body of the loop
//! is pending three times for the first page, and once for the second.
//!
//! In which order do the four notes come?

use combinators::buffered;
use futures_by_hand::yield_now;
use shared::record::{Recorder, Run, offer};
use wakers::block_on;

fn main() {
    let title = "While the body waits";
    offer(&[Run { name: "the-body-waits", title, record: &the_body_waits }]);
    println!("Predict it first: cargo course predict combinators/the-body-waits");
}

// ANCHOR: shown
/// Pending once; then it says what it was told to say.
async fn page(recorder: &Recorder, note: &str, turns: u32) -> u32 {
    yield_now().await;
    recorder.note(|| note.into());
    turns
}

fn the_body_waits(recorder: &Recorder) {
    let first = page(recorder, "3: the first page is here", 3);
    let second = page(recorder, "1: the second page is here", 1);
    let mut pages = buffered(2, [first, second]);
    block_on(async {
        while let Some(turns) = pages.next().await {
            for _ in 0..turns {
                yield_now().await;
            }
            let done = ["", "4: the second page is done", "", "2: the first page is done"];
            recorder.note(|| done[turns as usize].into());
        }
    });
}
// ANCHOR_END: shown
