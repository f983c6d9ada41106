//! `join_all` waits for many futures at the same time, and is ready with all outputs, in order, as
//! soon as the last one is.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::join_all;
use shared::narrate::VirtualClock;
use shared::probe::{
    Bounded, Pollers, Report, Rooted, ScriptLog, Scripted, WakerProbe, naive, times, watchdog,
};

use setup::*;

#[test]
fn making_it_polls_nobody() {
    limited(|| {
        let (whole, logs) = restless(&[0, 1]);
        assert!(
            logs.iter().all(|log| log.polls() == 0),
            "nobody has polled the whole yet, and the children were polled: {}. A future that nobody polls does nothing",
            polls(&logs)
        );
        drop(whole);
    });
}

#[test]
fn the_first_poll_asks_every_child() {
    limited(|| {
        for pending in [[2, 2, 2], [0, 2, 0], [2, 0, 1]] {
            let (mut whole, logs) = restless(&pending);
            let said = poll(&mut whole, Waker::noop());
            assert!(
                logs.iter().all(|log| log.polls() > 0),
                "{}. After the first poll of the whole, they have been polled: {}. One that was not asked has not even begun, so \
                 the waits come one after the other",
                plan(&pending),
                polls(&logs)
            );
            assert!(
                said.is_pending(),
                "{}. After the first poll of the whole, they have been polled: {}. It returned {said:?}, but each poll asks each child \
                 once, and after one poll each, not all are ready",
                plan(&pending),
                polls(&logs)
            );
        }
    });
}

#[test]
fn no_child_is_polled_twice_in_one_poll() {
    limited(|| {
        // In the second one, a sibling gets ready in each poll.
        for pending in [[3, 5, 4, 3], [3, 0, 1, 2]] {
            let (mut whole, logs) = restless(&pending);
            for turn in 1..=3 {
                let said = poll(&mut whole, Waker::noop());
                assert!(
                    logs.iter().all(|log| log.polls() <= turn),
                    "{}. The whole has been polled {}, and its children: {}. A child that says Pending is left alone until the next \
                     poll, also if a sibling got ready: if it is asked again and again, nothing else runs on this thread",
                    plan(&pending),
                    times(u64::from(turn)),
                    polls(&logs)
                );
                if said.is_ready() {
                    break;
                }
            }
        }
    });
}

#[test]
fn with_nobody_to_wait_for_it_is_ready_at_once() {
    limited(|| {
        let report = run(20, restless(&[]).0);
        let outputs = report.value.as_ref().map(Vec::len);
        assert!(
            outputs == Some(0),
            "there is no future to wait for, so all are done from the start, and the first poll has to return Ready with an empty \
             Vec. How it went: {report}"
        );
    });
}

#[test]
fn a_woken_child_is_polled_in_the_next_poll() {
    limited(|| {
        let pending = [3, 1, 2];
        let (mut whole, logs) = restless(&pending);
        for turn in 1..=3 {
            let _ = poll(&mut whole, Waker::noop());
            let all =
                logs.iter().zip(pending).all(|(log, pending)| log.polls() == turn.min(pending + 1));
            assert!(
                all,
                "{}, and each wakes its task whenever it says Pending. The whole has been polled {}, and its children: {}. Each \
                 poll has to ask all that are not finished and were woken",
                plan(&pending),
                times(u64::from(turn)),
                polls(&logs)
            );
        }
    });
}

#[test]
fn a_finished_child_is_not_polled_again() {
    limited(|| {
        for pending in [[3, 0, 1], [0, 3, 3], [1, 2, 0]] {
            let (mut whole, logs) = restless(&pending);
            for _ in 0..=3 {
                // A second poll of a finished child panics, and names it.
                if poll(&mut whole, Waker::noop()).is_ready() {
                    break;
                }
            }
            for ((name, log), pending_times) in NAMES.iter().zip(&logs).zip(pending) {
                assert!(
                    log.polls() == pending_times + 1,
                    "{}. The whole was polled until it was ready, at most 4 times, and its children: {}. `{name}` is to be polled until \
                     it says Ready, and then no more",
                    plan(&pending),
                    polls(&logs)
                );
            }
        }
    });
}

#[test]
fn the_outputs_come_in_the_order_of_the_futures() {
    limited(|| {
        for pending in [[0, 0, 0, 0], [3, 0, 2, 1], [0, 1, 2, 3], [1, 3, 0, 0]] {
            let (whole, _logs) = restless(&pending);
            let report = run(20, whole);
            let outputs = report.value.as_ref().map(|outputs| outputs.iter().map(|value| value.0));
            let outputs = outputs.map(|names| names.collect::<Vec<_>>().join(", "));
            assert!(
                outputs.as_deref() == Some("a, b, c, d"),
                "the futures are `a`, `b`, `c`, `d`; {}. {} How it went: {report}",
                plan(&pending),
                outputs.map_or("It never said Ready.".to_owned(), |names| format!(
                    "What came out is [{names}]: the first output belongs to the first future, whoever gets ready first."
                )),
            );
        }
    });
}

#[test]
fn it_is_ready_in_the_poll_in_which_the_last_child_is() {
    limited(|| {
        for pending in [[0, 0, 0], [3, 0, 1], [0, 2, 5], [4, 4, 4]] {
            let expected = u64::from(pending.into_iter().max().unwrap_or(0)) + 1;
            let polled = naive(restless(&pending).0, 50).map(|(_, polls)| polls);
            let went =
                polled.clone().map_or_else(|words| words, |polls| format!("ready at poll {polls}"));
            assert!(
                polled == Ok(expected),
                "{}. The whole must be ready at its poll {expected}, since then, and not before, all outputs are there, and nobody is \
                 left who would wake it again. How it went: {went}",
                plan(&pending)
            );
        }
    });
}

#[test]
fn it_waits_for_hundreds_of_futures() {
    limited(|| {
        // More than an integer has bits.
        for many in [1, 20, 300] {
            let children = (0..many).map(|nth| Scripted::new("one of many", nth % 3, nth).0);
            let report = run(20, join_all(children.collect()));
            let in_order = report.value.as_ref().map(|outputs| outputs.iter().copied().eq(0..many));
            assert!(
                in_order == Some(true),
                "there are {many} futures, pending 0, 1 and 2 times in turn. {} How it went: {report}",
                match report.value.as_ref().map(Vec::len) {
                    None => "It never said Ready.".to_owned(),
                    Some(outputs) => format!("{outputs} outputs came, and not each at its place."),
                }
            );
        }
    });
}

#[test]
fn it_takes_as_long_as_the_longest_wait() {
    limited(|| {
        let clock = VirtualClock::new();
        let sleep = |seconds| {
            let clock = clock.clone();
            // A sleep that begins when it is polled, and not when it is made.
            async move { clock.sleep(Duration::from_secs(seconds)).await }
        };
        let waits = [3, 1, 2].map(sleep);
        let report = Bounded::new()
            .when_idle(|| clock.advance_to_next())
            .run(join_all(waits.into_iter().collect()));
        assert!(
            report.value.is_some(),
            "three children sleep for 3, 1 and 2 seconds, and the clock was moved on to each alarm. How it went: {report}"
        );
        assert!(
            clock.now() == Duration::from_secs(3),
            "three children sleep for 3, 1 and 2 seconds. All were awake after {:?}, not after 3s",
            clock.now()
        );
    });
}

#[test]
fn a_finished_child_is_dropped_at_once() {
    limited(|| {
        // Each of the three is once the first that gets ready, and once the last.
        for pending in [[2, 0, 1], [0, 1, 2], [1, 2, 0], [0, 0, 0]] {
            let (mut whole, logs) = restless(&pending);
            let polls = pending.into_iter().max().unwrap_or(0) + 1;
            for turn in 1..=polls {
                let said = poll(&mut whole, Waker::noop());
                for (name, log) in NAMES.iter().zip(&logs) {
                    assert!(
                        log.is_dropped() == log.is_ready(),
                        "{}. After poll {turn} of the whole, `{name}` {}",
                        plan(&pending),
                        match (log.is_ready(), said.is_ready()) {
                            (true, false) =>
                                "has returned Ready, and it still exists: what it holds (a connection, a lock, memory) is released only \
                                 when the slowest of its siblings is done",
                            (true, true) =>
                                "still exists, although the whole has returned Ready: what it holds (a connection, a lock, memory) is \
                                 released only when somebody drops the whole",
                            (false, _) =>
                                "is not ready, and it has been dropped: its output can never come",
                        }
                    );
                }
            }
        }
    });
}

#[test]
fn a_child_that_waits_wakes_nobody() {
    limited(|| {
        let (mut whole, _logs) = held(&[1, 1]);
        let task = WakerProbe::new();
        let said = poll(&mut whole, &task.waker());
        assert!(
            said.is_pending(),
            "two children wait, nothing has happened, and the first poll of the whole returned {said:?}"
        );
        assert!(
            task.wakes() == 0,
            "two children wait, nothing has happened, and the task was woken {}: it is polled again for nothing, and computes at full \
             speed while everybody waits",
            times(task.wakes())
        );
        // One that gets ready says so by itself: it leaves nothing to ask again for.
        let (mut whole, logs) = held(&[2, 0, 1]);
        for turn in 1..=2 {
            let before = task.wakes();
            let said = poll(&mut whole, &task.waker());
            let woken = task.wakes() - before;
            assert!(
                said.is_pending() && woken == 0,
                "{}. In poll {turn} of the whole, {} got ready, {} still waits, and nothing else has happened. That poll returned {said:?}, \
                 and in it the task was woken {}: each that waits has a waker already, and nobody is to be asked again before it calls",
                plan(&[2, 0, 1]),
                ["`b`", "`c`"][turn - 1],
                ["`a`, as `c`,", "`a`"][turn - 1],
                times(woken)
            );
            let _ = logs[0].wake() && logs[2].wake();
        }
    });
}

#[test]
fn a_wake_reaches_the_task_that_polled_last() {
    limited(|| {
        // Each child calls for all orders of polls: alone, and when a sibling is finished.
        for (pending, nth) in
            [([9, 9, 9], 0), ([9, 9, 9], 1), ([9, 9, 9], 2), ([0, 9, 9], 2), ([9, 9, 0], 0)]
        {
            for pollers in Pollers::orders() {
                let (mut whole, logs) = held(&pending);
                // The first event is over, and the task comes back for the second one.
                for event in ["", " once more"] {
                    pollers.poll(|cx| whole.as_mut().poll(cx));
                    let name = NAMES[nth];
                    assert!(
                        logs[nth].wake(),
                        "{}. The whole was {pollers}, and something happened for `{name}`, which has no waker to call: nobody has polled it",
                        plan(&pending)
                    );
                    pollers.expect_last_woken(&format!("`{name}` called its waker{event}"));
                }
            }
        }
    });
}

#[test]
fn dropping_the_whole_drops_its_children() {
    limited(|| {
        for polled in [0, 1, 2] {
            let (mut whole, logs) = restless(&[3, 0, 2]);
            for _ in 0..polled {
                let _ = poll(&mut whole, Waker::noop());
            }
            drop(whole);
            let left: Vec<_> =
                NAMES.iter().zip(&logs).filter(|(_, log)| !log.is_dropped()).collect();
            assert!(
                left.is_empty(),
                "the whole was polled {} and then dropped, and `{}` is still there: it is never polled again, and what it holds is \
                 never released",
                times(polled),
                left[0].0
            );
        }
    });
}

#[test]
fn a_child_stays_where_it_is() {
    limited(|| {
        for pending in [[0, 2, 1, 3], [3, 0, 0, 2], [1, 3, 2, 0]] {
            let rooted = |(nth, pending)| Rooted::new(NAMES[nth], child(nth, pending).0);
            // Not `Unpin`. One that is moved after its first poll panics, and names itself.
            let children: Vec<_> = pending.into_iter().enumerate().map(rooted).collect();
            let report = run(20, join_all(children));
            assert!(report.value.is_some(), "{}. How it went: {report}", plan(&pending));
        }
        // On the heap, and given up after one poll.
        let children = vec![Rooted::new("a", child(0, 2).0), Rooted::new("b", child(1, 2).0)];
        let mut whole: Whole = Box::pin(join_all(children));
        let said = poll(&mut whole, Waker::noop());
        assert!(said.is_pending(), "{}, and the first poll returned {said:?}", plan(&[2, 2]));
        drop(whole);
    });
}
