//! Many futures run with at most `n` in flight, each free place is filled at once, and the outputs
//! are in the order of the inputs.

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
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::at_most;
use shared::narrate::VirtualClock;
use shared::probe::{
    Bounded, Pollers, Report, Rooted, ScriptLog, Scripted, WakerProbe, naive, times, watchdog,
};

use setup::*;

#[test]
fn making_it_takes_nothing() {
    limited(|| {
        let (inputs, board) = restless(&[0, 1, 2]);
        let whole: Whole = Box::pin(at_most(2, inputs));
        assert!(
            board.taken() == 0,
            "nobody has polled yet, and {} of 3 inputs were taken from the iterator. A future that nobody polls does nothing",
            board.taken()
        );
        drop(whole);
    });
}

#[test]
fn the_first_poll_starts_n() {
    limited(|| {
        let (inputs, board) = restless(&[3; 5]);
        let mut whole: Whole = Box::pin(at_most(2, inputs));
        let said = poll(&mut whole, Waker::noop());
        let (taken, polls) = (board.taken(), board.polls());
        assert!(
            taken <= 2,
            "`n` is 2, and there are 5 inputs. In the first poll, {taken} were taken from the iterator. One that is taken is in \
             flight: it occupies memory, and perhaps a connection, before its turn has come"
        );
        assert!(
            taken == 2,
            "`n` is 2, there are 5 inputs, and after the first poll, the number of those that were taken is {taken}. There is a place that \
             nobody uses, and whoever could use it waits outside"
        );
        assert!(
            polls == [1, 1] && said.is_pending(),
            "`n` is 2, and the first poll took 2 inputs and returned {said:?}. It polled them {polls:?} times. Each is to be polled once: \
             one that is not asked has not begun, and nobody has its waker"
        );
    });
}

#[test]
fn with_no_inputs_it_is_ready_at_once() {
    limited(|| {
        let report = run(20, at_most(2, restless(&[]).0));
        let outputs = report.value.as_ref().map(Vec::len);
        assert!(
            outputs == Some(0),
            "there are no inputs, so all are done from the start, and the first poll has to return Ready with an empty Vec. How it went: \
             {report}"
        );
    });
}

#[test]
fn never_are_more_than_n_in_flight() {
    limited(|| {
        for n in 1..=4 {
            for pending in [[2, 2, 2, 2, 2, 2], [0, 3, 0, 0, 2, 1], [4, 1, 0, 1, 0, 3]] {
                let (inputs, board) = restless(&pending);
                let report = run(50, at_most(n, inputs));
                let most = board.seen().most;
                assert!(
                    most <= n,
                    "{}. At some moment, {most} were in flight: taken from the iterator, and not ready. The limit is there because \
                     somebody else cannot bear more. How it went: {report}",
                    plan(n, &pending)
                );
            }
        }
    });
}

#[test]
fn the_outputs_come_in_the_order_of_the_inputs() {
    limited(|| {
        for n in 1..=5 {
            for pending in [[0, 0, 0, 0, 0], [3, 0, 2, 1, 0], [0, 1, 2, 3, 4], [1, 4, 0, 0, 2]] {
                let report = run(50, at_most(n, restless(&pending).0));
                let got = report.value.as_ref().map(|outputs| outputs.iter().map(|of| of.0));
                let got: Option<Vec<_>> = got.map(Iterator::collect);
                assert!(
                    got.as_deref() == Some(&[0, 1, 2, 3, 4]),
                    "{}. {} How it went: {report}",
                    plan(n, &pending),
                    match got {
                        None => "It never said Ready.".to_owned(),
                        Some(got) if got.len() < 5 => format!(
                            "There are 5 inputs, and it said Ready with {} outputs. It is ready when the iterator has no more, and nobody \
                             is in flight.",
                            got.len()
                        ),
                        Some(got) => format!(
                            "The outputs say which input they belong to, and what came out is {got:?}. The first output belongs to the \
                             first input, whoever gets ready first."
                        ),
                    }
                );
            }
        }
    });
}

#[test]
fn a_free_place_is_filled_in_the_same_poll() {
    limited(|| {
        // Which of the first two gets ready, while the other one waits.
        for ready in [0, 1] {
            let mut pending = [5; 4];
            pending[ready] = 1;
            let (inputs, board) = held(&pending);
            let mut whole: Whole = Box::pin(at_most(2, inputs));
            let _ = poll(&mut whole, Waker::noop());
            let _ = board.log(ready).is_some_and(|log| log.wake());
            let _ = poll(&mut whole, Waker::noop());
            assert!(
                board.taken() <= 3,
                "`n` is 2, and 4 inputs wait for an event. Input {ready} had its event. After two polls of the whole, {} inputs have been \
                 taken from the iterator, not 3: one is ready, and at most two are to be in flight",
                board.taken()
            );
            assert!(
                board.taken() == 3,
                "`n` is 2, and 4 inputs wait for an event. Input {ready} had its event, and was ready in the second poll of the whole, the \
                 other one in flight was not. Afterwards, {} inputs have been taken, not 3: there is a free place, and nobody in it",
                board.taken()
            );
            let polls = board.polls()[2];
            assert!(
                polls == 1,
                "`n` is 2. Input {ready} was ready in the second poll of the whole, and input 2 was taken, and polled {}. It is to be \
                 polled in that same poll: nobody has its waker before",
                times(u64::from(polls))
            );
        }
    });
}

#[test]
fn none_in_flight_is_polled_twice_in_one_poll() {
    limited(|| {
        let (inputs, board) = restless(&[5, 1, 4, 0, 4, 4]);
        let mut whole: Whole = Box::pin(at_most(3, inputs));
        let mut before = Vec::new();
        for turn in 1..=5 {
            let _ = poll(&mut whole, Waker::noop());
            let now = board.polls();
            let most = (0..now.len()).map(|nth| now[nth] - before.get(nth).copied().unwrap_or(0));
            let most = most.max().unwrap_or(0);
            assert!(
                most <= 1,
                "poll {turn} of the whole polled one of its futures {}. By now, they have been polled {now:?} times. One that says Pending \
                 is left alone until the next poll: if it is asked again and again, nothing else runs on this thread",
                times(u64::from(most))
            );
            before = now;
        }
    });
}

#[test]
fn whoever_waits_can_be_woken() {
    limited(|| {
        for n in [1, 2, 3, 8] {
            for pending in [[0, 0, 0, 0, 0], [1, 0, 1, 0, 1], [2, 1, 0, 1, 2], [1, 1, 1, 1, 1]] {
                let report = run(50, at_most(n, restless(&pending).0));
                assert!(
                    report.value.is_some(),
                    "{}, and each wakes its task whenever it says Pending. How it went: {report}. One that has not been asked cannot call",
                    plan(n, &pending)
                );
            }
        }
    });
}

#[test]
fn it_takes_no_poll_more_than_needed() {
    limited(|| {
        for n in [1, 2, 3, 1_000] {
            for pending in [
                [0, 0, 0, 0, 0, 0],
                [2, 2, 2, 2, 2, 2],
                [9, 1, 1, 1, 1, 1],
                [1, 9, 1, 1, 2, 0],
                [0, 4, 0, 3, 0, 5],
            ] {
                let expected = last_poll(n, &pending);
                let polled = naive(at_most(n, restless(&pending).0), 100).map(|(_, polls)| polls);
                let went = polled
                    .clone()
                    .map_or_else(|words| words, |polls| format!("ready at poll {polls}"));
                assert!(
                    polled == Ok(expected),
                    "{}. With a place filled in the poll in which it gets free, whoever else is still running, and all in flight asked in \
                     each poll, the last one is ready at poll {expected}, and so is the whole. How it went: {went}",
                    plan(n, &pending)
                );
            }
        }
    });
}

#[test]
fn a_slow_one_holds_up_nobody() {
    limited(|| {
        let clock = VirtualClock::new();
        let shown = clock.clone();
        let sleep = move |seconds| {
            let clock = clock.clone();
            // A sleep that begins when it is polled, and not when it is made.
            async move { clock.sleep(Duration::from_secs(seconds)).await }
        };
        let sleeps = [6, 1, 1, 1, 1, 1, 1].into_iter().map(sleep);
        let report = Bounded::new().when_idle(|| shown.advance_to_next()).run(at_most(2, sleeps));
        assert!(
            report.value.is_some() && shown.now() == Duration::from_secs(6),
            "`n` is 2, and 7 inputs sleep, the first for 6 seconds, each of the others for one. While the first one sleeps in its place, the \
             others go through the other place, and all are awake after 6s. It took {:?}. How it went: {report}",
            shown.now()
        );
    });
}

#[test]
fn a_finished_one_is_dropped_at_once() {
    limited(|| {
        // Each of the four is once the last that gets ready.
        for pending in [[3, 0, 1, 4], [9, 0, 1, 4], [0, 5, 0, 1], [1, 1, 9, 0]] {
            let (inputs, board) = restless(&pending);
            let mut whole: Whole = Box::pin(at_most(2, inputs));
            for turn in 1..=10 {
                let said = poll(&mut whole, Waker::noop());
                for nth in 0..board.taken() {
                    let log = board.log(nth).expect("it was taken");
                    assert!(
                        log.is_dropped() == log.is_ready(),
                        "{}. After poll {turn} of the whole, input {nth} {}",
                        plan(2, &pending),
                        match (log.is_ready(), said.is_ready()) {
                            (true, false) =>
                                "has returned Ready, and it still exists: it is not counted any more, and still has its connection, so \
                                 there are more of them than `n`",
                            (true, true) =>
                                "still exists, although the whole has returned Ready: its connection stays open until somebody drops \
                                 the whole",
                            (false, _) =>
                                "is not ready, and it has been dropped: its output can never come",
                        }
                    );
                }
                if said.is_ready() {
                    break;
                }
            }
        }
        for n in [1, 2, 3] {
            for pending in [[0; 8], [1, 0, 1, 0, 1, 0, 1, 0], [3, 1, 1, 1, 0, 0, 1, 1]] {
                let (inputs, board) = restless(&pending);
                let _ = run(50, at_most(n, inputs));
                let beside = board.seen().beside;
                if let Some((left, new)) = beside {
                    panic!(
                        "{}. Input {new} was polled for the first time while input {left}, which was ready, still existed, and had its \
                         connection. A finished one is dropped before the new one is polled, and not after that or at the end of the poll",
                        plan(n, &pending)
                    );
                }
            }
        }
        let (inputs, board) = restless(&[0; 8]);
        let _ = poll(&mut (Box::pin(at_most(2, inputs)) as Whole), Waker::noop());
        let left = board.seen().most_left;
        assert!(
            left <= 2,
            "`n` is 2, and all of 8 inputs are ready at their first poll. When one more was taken, {left} of those before it still existed, \
             each with its connection. A finished one is dropped before the next one gets its place, and not at the end of the poll"
        );
    });
}

#[test]
fn one_that_waits_wakes_nobody() {
    limited(|| {
        let mut whole: Whole = Box::pin(at_most(2, held(&[1, 1, 1]).0));
        let task = WakerProbe::new();
        let said = poll(&mut whole, &task.waker());
        assert!(
            said.is_pending(),
            "two are in flight and wait, nothing has happened, and the first poll of the whole returned {said:?}"
        );
        assert!(
            task.wakes() == 0,
            "two are in flight and wait, nothing has happened, and the task was woken {}: it is polled again for nothing, and computes at \
             full speed while everybody waits",
            times(task.wakes())
        );
        // The place of the first one is filled, and the new one was asked in the same poll: it can
        // call by itself.
        let mut whole: Whole = Box::pin(at_most(2, held(&[0, 1, 1, 1]).0));
        let said = poll(&mut whole, &task.waker());
        assert!(
            said.is_pending() && task.wakes() == 0,
            "{}. In the first poll of the whole, input 0 was ready, and input 2 got its place. That poll returned {said:?}, and in it the task \
             was woken {}: both in flight were asked, and have a waker. Nobody is to be asked again before one of them calls",
            plan(2, &[0, 1, 1, 1]),
            times(task.wakes())
        );
    });
}

#[test]
fn a_wake_reaches_the_task_that_polled_last() {
    limited(|| {
        // The first and the second place; then the one in the middle, and one that has the place of
        // a finished one.
        for (n, pending, nth) in [
            (2, [9; 4], 0),
            (2, [9; 4], 1),
            (3, [9; 4], 1),
            (2, [0, 9, 9, 9], 2),
            (2, [9, 0, 9, 9], 2),
            (2, [0, 9, 9, 9], 1),
        ] {
            for pollers in Pollers::orders() {
                let (inputs, board) = held(&pending);
                let mut whole: Whole = Box::pin(at_most(n, inputs));
                // The first event is over, and the task comes back for the second one.
                for event in ["", " once more"] {
                    pollers.poll(|cx| whole.as_mut().poll(cx));
                    assert!(
                        board.log(nth).is_some_and(|log| log.wake()),
                        "{}. The whole was {pollers}, and something happened for input {nth}, which has no waker to call: nobody has polled it",
                        plan(n, &pending)
                    );
                    pollers.expect_last_woken(&format!("input {nth} called its waker{event}"));
                }
            }
        }
    });
}

#[test]
fn dropping_the_whole_drops_those_in_flight() {
    limited(|| {
        for polls in [1, 2, 3] {
            let (inputs, board) = restless(&[9, 0, 1, 9, 9]);
            let mut whole: Whole = Box::pin(at_most(2, inputs));
            for _ in 0..polls {
                let _ = poll(&mut whole, Waker::noop());
            }
            drop(whole);
            let left =
                (0..board.taken()).find(|&nth| board.log(nth).is_some_and(|log| !log.is_dropped()));
            assert!(
                left.is_none(),
                "the whole was polled {} and then dropped, and input {} is still there: it is never polled again, and what it holds is \
                 never released",
                times(polls),
                left.unwrap_or_default()
            );
        }
    });
}

#[test]
fn one_in_flight_stays_where_it_is() {
    limited(|| {
        for n in [1, 2, 3, 8] {
            for pending in [[3, 0, 1, 2, 0, 1], [0, 2, 2, 0, 3, 1]] {
                // Not `Unpin`. One that is moved after its first poll panics, and names itself.
                let inputs =
                    restless(&pending).0.map(|input| Rooted::new("one of the inputs", input));
                let report = run(50, at_most(n, inputs));
                assert!(report.value.is_some(), "{}. How it went: {report}", plan(n, &pending));
            }
        }
        // On the heap, and given up after one poll.
        let inputs = restless(&[2, 2]).0.map(|input| Rooted::new("one of the inputs", input));
        let mut whole: Whole = Box::pin(at_most(2, inputs));
        let said = poll(&mut whole, Waker::noop());
        assert!(said.is_pending(), "{}, and the first poll returned {said:?}", plan(2, &[2, 2]));
        drop(whole);
    });
}
