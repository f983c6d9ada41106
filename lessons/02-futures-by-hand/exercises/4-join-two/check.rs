//! `join` waits for two futures at the same time, and is ready with both values as soon as both
//! are.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::join;
use shared::probe::{Pollers, ScriptLog, Scripted, WakerProbe, caught, times, watchdog};

fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    caught(|| pin!(future).poll(&mut Context::from_waker(Waker::noop())))
        .unwrap_or_else(|panic| panic!("a poll of the whole {panic}"))
}

/// Polls, and says how far the two sides are if the answer panics.
fn poll_sides<F: Future + Unpin>(both: &mut F, logs: [&ScriptLog; 2]) -> Poll<F::Output> {
    caught(|| pin!(both).poll(&mut Context::from_waker(Waker::noop()))).unwrap_or_else(|panic| {
        let [left, right] = logs.map(|log| if log.is_ready() { "ready" } else { "not ready" });
        panic!("a poll of the whole {panic}. By then `left` was {left}, and `right` was {right}")
    })
}

/// Every pair of waits up to three polls.
fn waits() -> impl Iterator<Item = (u32, u32)> {
    (0..4).flat_map(|left| (0..4).map(move |right| (left, right)))
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
        for (left_pending, right_pending) in waits() {
            let (left, left_log) = Scripted::new("left", left_pending, ());
            let (right, right_log) = Scripted::new("right", right_pending, ());
            let mut both = join(left, right);
            for _ in 0..=left_pending.max(right_pending) {
                // A second poll of a finished side panics, and names it.
                if poll_sides(&mut both, [&left_log, &right_log]).is_ready() {
                    break;
                }
            }
            let (left_polls, right_polls) = (left_log.polls(), right_log.polls());
            assert!(
                (left_polls, right_polls) == (left_pending + 1, right_pending + 1),
                "`left` is pending {} and `right` {}. Each has to be polled once more than that; `left` was polled {} and \
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
        for (left_pending, right_pending) in waits() {
            let (left, left_log) = Scripted::new("left", left_pending, ());
            let (right, right_log) = Scripted::new("right", right_pending, ());
            let mut both = join(left, right);
            for turn in 1..=left_pending.max(right_pending) {
                let _ = poll_sides(&mut both, [&left_log, &right_log]);
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

/// Polls the whole until it is ready, at most 50 times. Returns what came out, and at which poll.
fn finish(left_pending: u32, right_pending: u32) -> (String, u32) {
    let (left, left_log) = Scripted::new("left", left_pending, String::from("left's"));
    let (right, right_log) = Scripted::new("right", right_pending, String::from("right's"));
    let mut both = join(left, right);
    for turn in 1..=50 {
        if let Poll::Ready((left, right)) = poll_sides(&mut both, [&left_log, &right_log]) {
            return (format!("{left} and {right}"), turn);
        }
    }
    panic!(
        "`left` is pending {} and `right` {}, and the whole was polled 50 times, and Pending every time",
        polled(left_pending),
        polled(right_pending)
    )
}

#[test]
fn the_value_of_the_side_that_is_ready_first_is_kept() {
    limited(|| {
        for (left_pending, right_pending) in waits() {
            let (outcome, _) = finish(left_pending, right_pending);
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
        for (left_pending, right_pending) in waits().chain([(2, 9), (9, 2)]) {
            let (_, polls) = finish(left_pending, right_pending);
            let expected = left_pending.max(right_pending) + 1;
            assert!(
                polls == expected,
                "`left` is ready at its poll {}, `right` at its poll {}. The whole must be ready at poll {expected}, and was \
                 ready at poll {polls}",
                left_pending + 1,
                right_pending + 1
            );
        }
    });
}

#[test]
fn a_whole_that_is_dropped_half_way_drops_what_it_has() {
    limited(|| {
        for (left_pending, right_pending) in [(5, 5), (0, 5), (5, 0), (1, 5), (5, 1), (2, 2)] {
            for polls in 0..3 {
                let value = Rc::new(());
                let (left, left_log) = Scripted::new("left", left_pending, Rc::clone(&value));
                let (right, right_log) = Scripted::new("right", right_pending, Rc::clone(&value));
                let mut both = join(left, right);
                for _ in 0..polls {
                    let _ = poll_sides(&mut both, [&left_log, &right_log]);
                }
                drop(both);
                for (name, log) in [("left", left_log), ("right", right_log)] {
                    assert!(
                        log.is_dropped(),
                        "the whole was polled {} and then dropped, and the future `{name}` still exists: what it holds is \
                         never released",
                        polled(polls)
                    );
                }
                assert!(
                    Rc::strong_count(&value) == 1,
                    "`left` is pending {} and `right` {}. The whole was polled {} and then dropped, and the value of a side \
                     that was ready still exists: it is never released",
                    polled(left_pending),
                    polled(right_pending),
                    polled(polls)
                );
            }
        }
    });
}

#[test]
fn nothing_is_left_behind_once_the_whole_is_over() {
    limited(|| {
        for (left_pending, right_pending) in [(0, 0), (0, 2), (2, 0), (1, 3), (3, 1), (2, 2)] {
            let value = Rc::new(());
            let (left, left_log) = Scripted::new("left", left_pending, Rc::clone(&value));
            let (right, right_log) = Scripted::new("right", right_pending, Rc::clone(&value));
            let mut both = join(left, right);
            while poll_sides(&mut both, [&left_log, &right_log]).is_pending() {}
            drop(both);
            for (name, log) in [("left", left_log), ("right", right_log)] {
                assert!(
                    log.is_dropped(),
                    "the whole was ready and was dropped, and the future `{name}` still exists: what it holds is never \
                     released"
                );
            }
            assert!(
                Rc::strong_count(&value) == 1,
                "the whole was ready, its values were dropped, and one of them still exists: it is never released"
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
            // A waker of its own for every poll. A wake that the answer itself adds is allowed, and
            // does not count.
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
                     that this poll was given: the task is not woken. Poll both sides with the `cx` of the same poll"
                );
            }
        }
    });
}

#[test]
fn the_task_that_polled_last_is_woken_by_either_side() {
    limited(|| {
        // Of the two, one, the other or neither is finished when the tasks come.
        for (left_pending, right_pending) in [(9, 9), (0, 9), (9, 0), (1, 9), (9, 1)] {
            for pollers in Pollers::orders() {
                let (left, left_log) = Scripted::held("left", left_pending, ());
                let (right, right_log) = Scripted::held("right", right_pending, ());
                let mut both = join(left, right);
                for _ in 0..left_pending.min(right_pending) % 9 + 1 {
                    let _ = poll_sides(&mut both, [&left_log, &right_log]);
                }
                for (name, log) in [("left", &left_log), ("right", &right_log)] {
                    if log.is_ready() {
                        continue;
                    }
                    pollers.poll(|cx| Pin::new(&mut both).poll(cx));
                    log.wake();
                    let other = if left_log.is_ready() || right_log.is_ready() {
                        ", and the other side was ready before"
                    } else {
                        ""
                    };
                    pollers.expect_last_woken(&format!("`{name}` woke its task{other}"));
                }
            }
        }
    });
}
