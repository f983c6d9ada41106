//! A future with locals that say when they are dropped.

use std::pin::pin;

use futures_by_hand::{poll_once, poll_until_ready, yield_now};
use shared::probe::Journal;

// ANCHOR: local
/// Notes its name when it is dropped.
pub struct Local<'a>(pub &'a Journal, pub &'static str);

impl Drop for Local<'_> {
    fn drop(&mut self) {
        self.0.note(self.1);
    }
}
// ANCHOR_END: local

/// How a story ends.
pub enum End {
    /// Dropped before its first poll.
    NeverPolled,
    /// Dropped while it waits.
    HalfWay,
    /// Polled until it is ready.
    Ready,
}

// ANCHOR: story
/// A function with two arguments, two locals before its await, and one after it.
async fn tells(_one: Local<'_>, _two: Local<'_>, journal: &Journal) {
    let _a = Local(journal, "a");
    let _b = Local(journal, "b");
    awaited(journal).await;
    let _c = Local(journal, "c");
    journal.note("the end");
}

async fn awaited(journal: &Journal) {
    let _inner = Local(journal, "inner");
    yield_now().await;
}

/// Tells it up to this end, and drops it.
pub fn story(journal: &Journal, end: End) {
    let future = tells(Local(journal, "one"), Local(journal, "two"), journal);
    match end {
        End::NeverPolled => drop(future),
        End::HalfWay => assert!(poll_once(&mut pin!(future)).is_pending()),
        End::Ready => assert_eq!(poll_until_ready(future).1, 2),
    }
}
// ANCHOR_END: story
