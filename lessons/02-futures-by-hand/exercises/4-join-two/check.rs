//! `join` waits for two futures at the same time, and is ready with both values as soon as both are.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
mod answer;

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::join;
use shared::probe::{Scripted, naive, watchdog};

fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// Runs a test, and ends it in words if a poll does not return.
fn limited(test: fn()) {
    watchdog(Duration::from_secs(5), "`join`", test);
}

#[test]
fn making_it_polls_neither_side() {
    limited(|| {
        let (left, left_log) = Scripted::new("left", 0, ());
        let (right, right_log) = Scripted::new("right", 0, ());
        let both = join(left, right);
        let (left_polls, right_polls) = (left_log.polls(), right_log.polls());
        assert!(
            (left_polls, right_polls) == (0, 0),
            "nobody has polled yet, and `left` has been polled {left_polls} times, `right` {right_polls} times"
        );
        drop(both);
    });
}

#[test]
fn two_ready_sides_are_ready_together() {
    limited(|| {
        let (left, right) = (Scripted::new("left", 0, 7).0, Scripted::new("right", 0, "seven").0);
        let said = poll(&mut join(left, right));
        assert!(
            said == Poll::Ready((7, "seven")),
            "both sides are ready at their first poll, and the first poll of the whole returned {said:?}"
        );
    });
}

#[test]
fn one_poll_asks_both_sides() {
    limited(|| {
        let (left, left_log) = Scripted::new("left", 2, ());
        let (right, right_log) = Scripted::new("right", 2, ());
        let mut both = join(left, right);
        let said = poll(&mut both);
        let (left_polls, right_polls) = (left_log.polls(), right_log.polls());
        assert!(
            left_polls > 0 && right_polls > 0,
            "after the first poll, `left` has been polled {left_polls} times and `right` {right_polls} times: \
             a side that is never asked has not even begun, so the two run one after the other"
        );
        assert!(
            said.is_pending() && (left_polls, right_polls) == (1, 1),
            "the first poll returned {said:?}, and polled `left` {left_polls} times and `right` {right_polls} times: \
             a side that says Pending is left alone until the next poll"
        );
    });
}

#[test]
fn a_finished_side_is_not_polled_again() {
    limited(|| {
        for (left_pending, right_pending) in [(3, 0), (0, 3), (1, 2), (2, 1)] {
            let (left, left_log) = Scripted::new("left", left_pending, ());
            let (right, right_log) = Scripted::new("right", right_pending, ());
            let mut both = join(left, right);
            for _ in 0..=left_pending.max(right_pending) {
                // A second poll of a finished side panics, and names it.
                let _ = poll(&mut both);
            }
            let (left_polls, right_polls) = (left_log.polls(), right_log.polls());
            assert!(
                (left_polls, right_polls) == (left_pending + 1, right_pending + 1),
                "`left` is pending {left_pending} times and `right` {right_pending} times. Each is to be polled once more than \
                 that, and they were polled {left_polls} and {right_polls} times"
            );
        }
    });
}

#[test]
fn the_value_of_the_side_that_is_ready_first_is_kept() {
    limited(|| {
        for (left_pending, right_pending) in [(0, 3), (3, 0), (2, 2)] {
            let left = Scripted::new("left", left_pending, String::from("left's")).0;
            let right = Scripted::new("right", right_pending, String::from("right's")).0;
            let values = naive(join(left, right), 20).map(|(values, _)| values);
            assert!(
                values == Ok(("left's".to_owned(), "right's".to_owned())),
                "`left` is pending {left_pending} times and `right` {right_pending} times. What came out: {values:?}"
            );
        }
    });
}

#[test]
fn it_takes_as_long_as_the_longer_side() {
    limited(|| {
        for (left_pending, right_pending) in [(0, 0), (3, 0), (0, 3), (2, 5), (5, 2), (4, 4)] {
            let left = Scripted::new("left", left_pending, ()).0;
            let right = Scripted::new("right", right_pending, ()).0;
            let expected = u64::from(left_pending.max(right_pending)) + 1;
            let polls = naive(join(left, right), 50).map(|(_, polls)| polls);
            assert!(
                polls == Ok(expected),
                "`left` is ready at its poll {}, `right` at its poll {}. The whole must be ready at poll {expected}; \
                 how it went: {polls:?}",
                left_pending + 1,
                right_pending + 1
            );
        }
    });
}
