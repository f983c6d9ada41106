//! In which order the locals of a future are dropped, however it ends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;

use futures_by_hand::{poll_once, poll_until_ready, yield_now};
use shared::probe::Journal;

/// Notes its name when it is dropped.
struct Local(Journal, &'static str);

impl Drop for Local {
    fn drop(&mut self) {
        self.0.note(self.1);
    }
}

async fn locals(journal: Journal, _argument: Local, panics: bool) {
    let _a = Local(journal.clone(), "a");
    {
        let _scope = Local(journal.clone(), "scope");
    }
    let b = Local(journal.clone(), "b");
    yield_now().await;
    drop(b);
    assert!(!panics, "as it was told");
    let _c = Local(journal.clone(), "c");
    yield_now().await;
}

fn story(journal: &Journal, panics: bool) -> impl Future<Output = ()> {
    locals(journal.clone(), Local(journal.clone(), "argument"), panics)
}

#[test]
fn one_that_is_not_polled_has_its_arguments_only() {
    let journal = Journal::new();
    drop(story(&journal, false));
    assert_eq!(journal.entries(), ["argument"]);
}

#[test]
fn one_that_waits_has_what_it_has_made_and_drops_the_last_first() {
    let journal = Journal::new();
    let mut future = Box::pin(story(&journal, false));
    assert!(poll_once(&mut future).is_pending());
    assert_eq!(journal.take(), ["scope"]);
    drop(future);
    assert_eq!(journal.entries(), ["b", "a", "argument"]);
}

#[test]
fn what_was_dropped_before_the_await_is_not_dropped_again() {
    let journal = Journal::new();
    let mut future = Box::pin(story(&journal, false));
    assert!(poll_once(&mut future).is_pending() && poll_once(&mut future).is_pending());
    assert_eq!(journal.take(), ["scope", "b"]);
    drop(future);
    assert_eq!(journal.entries(), ["c", "a", "argument"]);
}

#[test]
fn one_that_ends_has_dropped_all_before_it_is_ready() {
    let journal = Journal::new();
    let mut future = Box::pin(story(&journal, false));
    while poll_once(&mut future).is_pending() {}
    assert_eq!(journal.take(), ["scope", "b", "c", "a", "argument"]);
    drop(future);
    assert_eq!(journal.to_string(), "nothing");
}

#[test]
fn one_that_panics_drops_as_a_function_does() {
    let journal = Journal::new();
    let future = story(&journal, true);
    assert!(catch_unwind(AssertUnwindSafe(|| poll_until_ready(future))).is_err());
    assert_eq!(journal.entries(), ["scope", "b", "a", "argument"]);
}

#[test]
fn a_pinned_place_drops_the_old_before_it_has_the_new() {
    let journal = Journal::new();
    let mut place = pin!(story(&journal, false));
    assert!(poll_once(&mut place).is_pending());
    journal.take();
    place.set(story(&journal, false));
    assert_eq!(journal.take(), ["b", "a", "argument"]);
    assert!(poll_once(&mut place).is_pending());
    assert_eq!(journal.take(), ["scope"]);
}
