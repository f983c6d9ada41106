//! When the parts of a future are dropped.

use futures_by_hand::{map, poll_once, then};
use shared::probe::{Journal, Scripted};

#[test]
fn the_first_future_is_gone_before_the_second_is_polled() {
    let journal = Journal::new();
    let (first, _) = Scripted::noted(&journal, "first", 0, ());
    let (second, _) = Scripted::noted(&journal, "second", 1, ());
    let mut both = then(first, |()| second);
    assert!(poll_once(&mut both).is_pending());
    assert_eq!(journal.entries(), ["poll first", "ready first", "drop first", "poll second"]);
}

#[test]
fn a_future_that_is_ready_has_dropped_its_parts() {
    let (inner, log) = Scripted::new("inner", 0, 7);
    let mut future = map(inner, |value| value + 1);
    assert!(poll_once(&mut future).is_ready());
    assert!(log.is_dropped());

    let (first, first_log) = Scripted::new("first", 0, ());
    let (second, second_log) = Scripted::new("second", 0, ());
    let mut future = then(first, |()| second);
    assert!(poll_once(&mut future).is_ready());
    assert!(first_log.is_dropped() && second_log.is_dropped());
}

#[test]
fn dropping_half_way_drops_what_is_there_and_makes_nothing_new() {
    let (first, log) = Scripted::new("first", 2, ());
    let mut both = then(first, |()| -> Scripted<()> { unreachable!("the first was never ready") });
    assert!(poll_once(&mut both).is_pending());
    drop(both);
    assert!(log.is_dropped());
    assert_eq!(log.polls(), 1);
}
