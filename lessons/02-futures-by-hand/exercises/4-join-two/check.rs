//! `join` waits for two futures at the same time, and is ready with both values as soon as both are.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::join;
use shared::probe::{Scripted, WakerProbe, naive, times, watchdog};

fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// "once", "3 times".
fn polled(polls: u32) -> String {
    times(u64::from(polls))
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
            "nobody has polled yet, and `left` has been polled {}, `right` {}",
            polled(left_polls),
            polled(right_polls)
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
            "after the first poll, `left` has been polled {} and `right` {}: a side that is never asked has not even begun, \
             so the two run one after the other",
            polled(left_polls),
            polled(right_polls)
        );
        assert!(
            said.is_pending() && (left_polls, right_polls) == (1, 1),
            "the first poll returned {}, and polled `left` {} and `right` {}: a side that says Pending is left alone until \
             the next poll",
            if said.is_ready() { "Ready" } else { "Pending" },
            polled(left_polls),
            polled(right_polls)
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
                if poll(&mut both).is_ready() {
                    break;
                }
            }
            let (left_polls, right_polls) = (left_log.polls(), right_log.polls());
            assert!(
                (left_polls, right_polls) == (left_pending + 1, right_pending + 1),
                "`left` is pending {} and `right` {}. Each is to be polled once more than that; `left` was polled {} and \
                 `right` {}",
                polled(left_pending),
                polled(right_pending),
                polled(left_polls),
                polled(right_polls)
            );
        }
    });
}

#[test]
fn each_poll_asks_each_unfinished_side_once() {
    limited(|| {
        for (left_pending, right_pending) in [(3, 0), (0, 3), (2, 1), (1, 2)] {
            let (left, left_log) = Scripted::new("left", left_pending, ());
            let (right, right_log) = Scripted::new("right", right_pending, ());
            let mut both = join(left, right);
            for turn in 1..=left_pending.max(right_pending) {
                let _ = poll(&mut both);
                for (name, log, pending) in
                    [("left", &left_log, left_pending), ("right", &right_log, right_pending)]
                {
                    let (polls, expected) = (log.polls(), turn.min(pending + 1));
                    assert!(
                        polls == expected,
                        "`{name}` is ready at its poll {}. After poll {turn} of the whole it has been polled {}, and that \
                         should be {}: every poll of the whole asks every unfinished side, once",
                        pending + 1,
                        polled(polls),
                        polled(expected)
                    );
                }
            }
        }
    });
}

#[test]
fn the_value_of_the_side_that_is_ready_first_is_kept() {
    limited(|| {
        for (left_pending, right_pending) in [(0, 3), (3, 0), (2, 2)] {
            let left = Scripted::new("left", left_pending, String::from("left's")).0;
            let right = Scripted::new("right", right_pending, String::from("right's")).0;
            let outcome = naive(join(left, right), 20)
                .map_or_else(|words| words, |((left, right), _)| format!("{left} and {right}"));
            assert!(
                outcome == "left's and right's",
                "`left` is pending {} and `right` {}. What came out: {outcome}",
                polled(left_pending),
                polled(right_pending)
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
            let went =
                polls.clone().map_or_else(|words| words, |polls| format!("ready at poll {polls}"));
            assert!(
                polls == Ok(expected),
                "`left` is ready at its poll {}, `right` at its poll {}. The whole must be ready at poll {expected}; \
                 how it went: {went}",
                left_pending + 1,
                right_pending + 1
            );
        }
    });
}

#[test]
fn the_context_is_handed_on() {
    limited(|| {
        let (left, left_log) = Scripted::held("left", 2, ());
        let (right, right_log) = Scripted::held("right", 2, ());
        let mut both = join(left, right);
        for turn in 1..=2 {
            // A waker of its own for every poll. A wake that the answer itself adds is allowed, and does not count.
            let probe = WakerProbe::new();
            let said = pin!(&mut both).poll(&mut Context::from_waker(&probe.waker()));
            for (name, log) in [("left", &left_log), ("right", &right_log)] {
                let before = probe.wakes();
                assert!(
                    said.is_pending() && log.wake(),
                    "both sides are pending twice, so poll {turn} of the whole polls both and returns Pending. It returned \
                     {said:?}, and so far `{name}` has been polled {}",
                    polled(log.polls())
                );
                assert!(
                    probe.wakes() > before,
                    "after poll {turn} of the whole, `{name}` woke the waker that it was polled with, and it is not the one \
                     that this poll was given: nobody hears of it. Poll both sides with the `cx` of the same poll"
                );
            }
        }
    });
}
