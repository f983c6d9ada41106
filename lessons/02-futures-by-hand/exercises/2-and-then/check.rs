//! `and_then` waits for a first future, makes a second one from its value, and is ready with the
//! value of that one.

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
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::and_then;
use shared::probe::{Journal, Pollers, Scripted, WakerProbe, caught, naive, times, watchdog};

fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    caught(|| pin!(future).poll(&mut Context::from_waker(Waker::noop())))
        .unwrap_or_else(|panic| panic!("a poll of the whole {panic}"))
}

/// "once", "3 times".
fn polled(polls: u32) -> String {
    times(u64::from(polls))
}

/// Runs a test, and ends it in words if a poll does not return.
fn limited(test: fn()) {
    watchdog(Duration::from_secs(5), "`and_then`", test);
}

#[test]
fn nothing_runs_before_the_first_poll() {
    limited(|| {
        let (first, first_log) = Scripted::new("first", 1, ());
        let (second, second_log) = Scripted::new("second", 1, ());
        let both = and_then(first, |()| second);
        let (first_polls, second_polls) = (first_log.polls(), second_log.polls());
        assert!(
            (first_polls, second_polls) == (0, 0),
            "nobody has polled the whole yet, and the first future has been polled {}, the second {}",
            polled(first_polls),
            polled(second_polls)
        );
        drop(both);
    });
}

#[test]
fn the_second_future_is_made_from_the_value_of_the_first() {
    limited(|| {
        for (first_pending, second_pending) in [(0, 0), (2, 0), (0, 2), (3, 4)] {
            let (first, _) = Scripted::new("first", first_pending, 7);
            let both = and_then(first, |value| {
                Scripted::new("second", second_pending, format!("{value} and more")).0
            });
            let outcome = naive(both, 50).map_or_else(|words| words, |(value, _)| value);
            assert!(
                outcome == "7 and more",
                "the first future is pending {} and ready with 7, the second is pending {} and ready with \"7 and more\". \
                 What came out: {outcome}",
                polled(first_pending),
                polled(second_pending)
            );
        }
    });
}

#[test]
fn the_second_future_is_not_made_while_the_first_is_pending() {
    limited(|| {
        let made = Journal::new();
        let note = made.clone();
        let (first, first_log) = Scripted::new("first", 2, ());
        let mut both = and_then(first, move |()| {
            note.note("made");
            Scripted::new("second", 0, ()).0
        });
        for turn in 1..=2 {
            let said = poll(&mut both);
            let polls = first_log.polls();
            assert!(
                polls == turn,
                "after poll {turn} of the whole, the first future has been polled {}: each poll of the whole polls it once, \
                 and leaves it alone when it says Pending",
                polled(polls)
            );
            assert!(
                said.is_pending(),
                "poll {turn} of the whole returned Ready, although the first future is pending"
            );
            assert!(
                !first_log.is_dropped(),
                "poll {turn} of the whole returned Pending, and the first future is gone: it is needed at the next poll"
            );
            assert!(made.count("made") == 0, "the second future was made before its turn");
        }
    });
}

#[test]
fn a_finished_first_future_is_not_polled_again() {
    limited(|| {
        let (first, first_log) = Scripted::new("first", 1, ());
        let (second, _) = Scripted::new("second", 2, ());
        let mut both = and_then(first, |()| second);
        for _ in 0..4 {
            // A second poll of a finished future panics, and names the future.
            if poll(&mut both).is_ready() {
                break;
            }
        }
        let polls = first_log.polls();
        assert!(
            polls == 2,
            "the first future is pending once and then ready: that makes 2 polls, and it was polled {}",
            polled(polls)
        );
    });
}

#[test]
fn the_second_future_gets_its_first_poll_at_once() {
    limited(|| {
        let (first, _) = Scripted::new("first", 0, ());
        let (second, second_log) = Scripted::new("second", 0, "done");
        let mut both = and_then(first, |()| second);
        let said = poll(&mut both);
        let polls = second_log.polls();
        assert!(
            (said, polls) == (Poll::Ready("done"), 1),
            "both futures are ready at their first poll. The first poll of the whole returned {said:?} and polled the second \
             future {}: where nobody below has said Pending, the whole has no reason to stop",
            polled(polls)
        );
    });
}

#[test]
fn a_pending_second_future_makes_the_whole_pending() {
    limited(|| {
        let (first, _) = Scripted::new("first", 0, ());
        let (second, second_log) = Scripted::new("second", 3, ());
        let mut both = and_then(first, |()| second);
        for turn in 1..=3 {
            let said = poll(&mut both);
            let polls = second_log.polls();
            assert!(
                polls == turn,
                "the first future is ready at once. After poll {turn} of the whole, the second one has been polled {}: each \
                 poll of the whole polls it once, and leaves it alone when it says Pending",
                polled(polls)
            );
            assert!(
                said.is_pending(),
                "poll {turn} of the whole returned {said:?}, although the second future is pending"
            );
            assert!(
                !second_log.is_dropped(),
                "poll {turn} of the whole returned Pending, and the second future is gone: it is needed at the next poll. \
                 What is taken out of the state has to be put back"
            );
        }
    });
}

#[test]
fn each_poll_goes_as_far_as_it_can_and_no_further() {
    limited(|| {
        for (first_pending, second_pending) in (0..4).flat_map(|f| (0..4).map(move |s| (f, s))) {
            let (first, first_log) = Scripted::new("first", first_pending, ());
            let (second, second_log) = Scripted::new("second", second_pending, "done");
            let mut both = and_then(first, |()| second);
            for turn in 1..=first_pending + second_pending + 1 {
                let said = poll(&mut both);
                let polls = (first_log.polls(), second_log.polls());
                let expected = (turn.min(first_pending + 1), turn.saturating_sub(first_pending));
                assert!(
                    polls == expected && said.is_ready() == (expected.1 > second_pending),
                    "the first future is pending {}, the second {}. After poll {turn} of the whole, the first has been polled \
                     {} and the second {}, where {} and {} would be right, and the whole returned {said:?}: a poll goes on \
                     until one of them says Pending",
                    polled(first_pending),
                    polled(second_pending),
                    polled(polls.0),
                    polled(polls.1),
                    polled(expected.0),
                    polled(expected.1)
                );
            }
        }
    });
}

#[test]
fn the_first_future_is_gone_before_the_second_is_polled() {
    limited(|| {
        for first_pending in 0..3 {
            let journal = Journal::new();
            let (first, _) = Scripted::noted(&journal, "first", first_pending, ());
            let (second, _) = Scripted::noted(&journal, "second", 1, ());
            let mut both = and_then(first, |()| second);
            for _ in 0..=first_pending {
                let _ = poll(&mut both);
            }
            let entries = journal.entries();
            let mut before = entries.iter().take_while(|entry| *entry != "poll second");
            assert!(
                before.any(|entry| entry == "drop first"),
                "what happened: {journal}. The first future is finished, and still there while the second runs: what it \
                 holds (a connection, a lock) stays held"
            );
        }
    });
}

#[test]
fn a_whole_that_is_dropped_half_way_drops_what_it_has() {
    limited(|| {
        for polls in 0..4 {
            let (first, first_log) = Scripted::new("first", 1, ());
            let (second, second_log) = Scripted::new("second", 9, ());
            let mut both = and_then(first, |()| second);
            for _ in 0..polls {
                let _ = poll(&mut both);
            }
            drop(both);
            for (name, log) in [("first", first_log), ("second", second_log)] {
                assert!(
                    log.is_dropped(),
                    "the whole was polled {} and then dropped, and the {name} future still exists: what it holds is never \
                     released",
                    polled(polls)
                );
            }
        }
    });
}

#[test]
fn nothing_is_left_behind_once_the_whole_is_over() {
    limited(|| {
        for (first_pending, second_pending) in [(0, 0), (2, 0), (0, 2), (2, 2)] {
            let (first, first_log) = Scripted::new("first", first_pending, ());
            let (second, second_log) = Scripted::new("second", second_pending, ());
            let mut both = and_then(first, |()| second);
            while poll(&mut both).is_pending() {}
            drop(both);
            for (name, log) in [("first", first_log), ("second", second_log)] {
                assert!(
                    log.is_dropped(),
                    "the whole was ready and was dropped, and the {name} future still exists: what it holds is never \
                     released"
                );
            }
        }
    });
}

#[test]
fn the_context_is_handed_on() {
    limited(|| {
        let (first, first_log) = Scripted::held("first", 2, ());
        let (second, second_log) = Scripted::held("second", 2, ());
        let mut both = and_then(first, |()| second);
        let waits = [
            ("first", &first_log),
            ("first", &first_log),
            ("second", &second_log),
            ("second", &second_log),
        ];
        for (turn, (name, log)) in (1..).zip(waits) {
            // A waker of its own for every poll. A wake that the answer itself adds is allowed, and
            // does not count.
            let probe = WakerProbe::new();
            let said = pin!(&mut both).poll(&mut Context::from_waker(&probe.waker()));
            let before = probe.wakes();
            assert!(
                said.is_pending() && log.wake(),
                "each of the two futures is pending twice, so poll {turn} of the whole ends with a Pending of the {name} one. It \
                 returned {said:?}, and the {name} future has been polled {}",
                polled(log.polls())
            );
            assert!(
                probe.wakes() > before,
                "poll {turn} of the whole returned Pending because the {name} future did. Then that future woke the waker \
                 that it was polled with, and it is not the one that this poll was given: the task is not woken. Poll it with \
                 the `cx` of the same poll"
            );
        }
    });
}

#[test]
fn the_task_that_polled_last_is_woken() {
    limited(|| {
        for pollers in Pollers::orders() {
            let (first, log) = Scripted::held("first", 9, ());
            let mut both = and_then(first, |()| Scripted::new("second", 0, ()).0);
            pollers.poll(|cx| Pin::new(&mut both).poll(cx));
            log.wake();
            pollers.expect_last_woken("the first future woke its task");
        }
        for (pollers, first_pending) in Pollers::orders().zip([0, 1].into_iter().cycle()) {
            let (second, log) = Scripted::held("second", 9, ());
            let mut both = and_then(Scripted::new("first", first_pending, ()).0, |()| second);
            for _ in 0..first_pending {
                let _ = poll(&mut both);
            }
            pollers.poll(|cx| Pin::new(&mut both).poll(cx));
            log.wake();
            pollers.expect_last_woken("the second future woke its task");
        }
    });
}
