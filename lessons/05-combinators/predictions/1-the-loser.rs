//! Two futures race. Both are pending at the first poll; quick is ready at the second. A guard that
//! slow holds notes its drop.
//!
//! In which order do the four notes come?

use combinators::select;
use futures_by_hand::yield_now;
use shared::record::{Recorder, Run, timeline_if_asked};
use wakers::block_on;

fn main() {
    timeline_if_asked(&[Run {
        name: "the-loser",
        title: "When the loser goes",
        record: &the_loser,
    }]);
    println!("Predict it first: cargo course predict combinators/the-loser");
}

// ANCHOR: shown
struct Guard<'a>(&'a Recorder);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.note(|| "1: the guard is dropped".into());
    }
}

fn the_loser(recorder: &Recorder) {
    let quick = recorder.future("quick", async {
        yield_now().await;
        recorder.note(|| "3: quick has awaited".into());
    });
    let slow = recorder.future("slow", async {
        let _guard = Guard(recorder);
        recorder.note(|| "4: slow is about to await".into());
        yield_now().await;
        yield_now().await;
    });
    block_on(async {
        select(quick, slow).await;
        recorder.note(|| "2: the winner is known".into());
    });
}
// ANCHOR_END: shown
