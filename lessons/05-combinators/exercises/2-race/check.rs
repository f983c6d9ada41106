//! The first of two futures wins, the loser is dropped, and who is asked first changes from race to
//! race.

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

use answer::{Turns, Winner};
use shared::probe::{
    Bounded, Pollers, Report, Rooted, ScriptLog, Scripted, WakerProbe, times, watchdog,
};

use setup::*;

#[test]
fn making_it_polls_nobody() {
    limited(|| {
        let (left, right, logs) = sides((0, 0));
        let mut turns = Turns::new();
        let race = turns.race(left, right);
        assert!(
            logs.left.polls() + logs.right.polls() == 0,
            "nobody has polled the race yet, and {}. A future that nobody polls does nothing",
            logs.polls()
        );
        drop(race);
    });
}

#[test]
fn the_first_that_is_ready_wins() {
    limited(|| {
        for pending in [(0, 3), (3, 0), (2, 5), (5, 2)] {
            let (left, right, logs) = sides(pending);
            let mut turns = Turns::new();
            let went = outcome(Box::pin(turns.race(left, right)), 20);
            let winner = if pending.0 < pending.1 { Said::LeftWon } else { Said::RightWon };
            let expected = (winner, pending.0.min(pending.1) + 1);
            assert!(
                went == expected,
                "{}. The race is to say {:?} at its poll {}. It said {:?} at poll {}, and {}",
                plan(pending),
                expected.0,
                expected.1,
                went.0,
                went.1,
                logs.polls()
            );
        }
    });
}

#[test]
fn every_poll_asks_both_sides_once() {
    limited(|| {
        let mut turns = Turns::new();
        for _ in 0..2 {
            let (left, right, logs) = sides((5, 5));
            let mut race = Box::pin(turns.race(left, right));
            for turn in 1..=3 {
                let said = poll(&mut race, Waker::noop());
                assert!(
                    said == Said::Pending
                        && (logs.left.polls(), logs.right.polls()) == (turn, turn),
                    "{}. After poll {turn} of the race, {}, and the race said {said:?}. Each poll asks both sides, once: one that is \
                     not asked cannot win, and has left no waker with which its task could be called",
                    plan((5, 5)),
                    logs.polls()
                );
            }
        }
    });
}

#[test]
fn ties_are_won_in_turn() {
    limited(|| {
        let mut turns = Turns::new();
        // As many as a worker has on a quiet day.
        let races = [0, 0, 1, 1, 2, 2, 1, 0].into_iter().cycle().take(800).enumerate();
        for (nth, pending) in races {
            let (left, right, _logs) = sides((pending, pending));
            let (said, _) = outcome(Box::pin(turns.race(left, right)), 20);
            let expected = [Said::LeftWon, Said::RightWon][nth % 2];
            assert!(
                said == expected,
                "race {} of the same `Turns`, and both sides are ready in the same poll, which is poll {}. It asks the {} side \
                 first, in each of its polls, so that one wins. It said {said:?}. If one side is asked first in race after race and \
                 always has something, the other one is never heard",
                nth + 1,
                pending + 1,
                if expected == Said::LeftWon { "left" } else { "right" }
            );
        }
    });
}

#[test]
fn the_turn_goes_on_whoever_wins() {
    limited(|| {
        let mut turns = Turns::new();
        // Who is ready first, and a tie for each side's turn in between.
        let races = [
            ((0, 2), Said::LeftWon),
            ((0, 2), Said::LeftWon),
            ((0, 0), Said::LeftWon),
            ((0, 2), Said::LeftWon),
            ((2, 0), Said::RightWon),
            ((0, 0), Said::RightWon),
            ((2, 0), Said::RightWon),
            ((1, 1), Said::RightWon),
        ];
        for (nth, (pending, expected)) in races.into_iter().enumerate() {
            let (left, right, _logs) = sides(pending);
            let (said, _) = outcome(Box::pin(turns.race(left, right)), 20);
            assert!(
                said == expected,
                "race {} of the same `Turns`: {}. It is the turn of the {} side to be asked first, whoever has won before. Expected \
                 {expected:?}, and it said {said:?}",
                nth + 1,
                plan(pending),
                ["left", "right"][nth % 2]
            );
        }
    });
}

#[test]
fn a_race_that_is_given_up_was_a_race() {
    limited(|| {
        let mut turns = Turns::new();
        for nth in 1..=4 {
            let (left, right, _logs) = sides((9, 9));
            let mut given_up = Box::pin(turns.race(left, right));
            let _ = poll(&mut given_up, Waker::noop());
            drop(given_up);
            // The second race, the fourth, and so on.
            let (left, right, _logs) = sides((0, 0));
            let (said, _) = outcome(Box::pin(turns.race(left, right)), 20);
            assert!(
                said == Said::RightWon,
                "every other race of the same `Turns` was polled once, and then dropped, undecided. Race {} was not, and both its sides \
                 were ready. It is the turn of the right side, and it said {said:?}. A loop that is interrupted again and again would \
                 otherwise ask the same side first every time",
                2 * nth
            );
        }
    });
}

#[test]
fn each_turns_begins_with_left() {
    limited(|| {
        let (mut one, mut other) = (Turns::new(), Turns::new());
        for round in 0..6 {
            for (name, turns) in [("one", &mut one), ("another", &mut other)] {
                let (left, right, _logs) = sides((0, 0));
                let (said, _) = outcome(Box::pin(turns.race(left, right)), 20);
                let expected = [Said::LeftWon, Said::RightWon][round % 2];
                assert!(
                    said == expected,
                    "there are two `Turns`, and they hold their races in turn. In race {} of {name}, both sides were ready. Expected \
                     {expected:?}, and it said {said:?}. Each counts its own races only: otherwise, one worker decides who starves in \
                     another",
                    round + 1
                );
            }
        }
    });
}

#[test]
fn the_loser_is_not_asked_any_more() {
    limited(|| {
        let mut turns = Turns::new();
        for pending in [0, 0, 2, 2] {
            let (left, right, logs) = sides((pending, pending));
            let (said, _) = outcome(Box::pin(turns.race(left, right)), 20);
            let (loser, log) =
                if said == Said::LeftWon { ("right", &logs.right) } else { ("left", &logs.left) };
            assert!(
                said != Said::Pending && !log.is_ready(),
                "both sides are ready at their poll {}. The race said {said:?}, but before it did, `{loser}` was asked, too, and said \
                 Ready. Its output is thrown away: if that was a job that it took from a queue, the job is lost",
                pending + 1
            );
        }
    });
}

#[test]
fn the_loser_is_dropped_when_the_race_is_over() {
    limited(|| {
        let mut turns = Turns::new();
        // Each twice: once the side that was asked first loses, and once the other one.
        for pending in
            [(0, 3), (3, 0), (1, 4), (4, 1), (2, 2)].into_iter().flat_map(|pair| [pair; 2])
        {
            let (left, right, logs) = sides(pending);
            let mut race = Box::pin(turns.race(left, right));
            let mut said = Said::Pending;
            for _ in 0..10 {
                assert!(
                    !logs.left.is_dropped() && !logs.right.is_dropped(),
                    "{}. The race is not over, and one of them has been dropped: it can never win",
                    plan(pending)
                );
                said = poll(&mut race, Waker::noop());
                if said != Said::Pending {
                    break;
                }
            }
            // The race is still there, as it is when it is kept in a struct, or polled through
            // `&mut`.
            let (loser, log) =
                if said == Said::LeftWon { ("right", &logs.right) } else { ("left", &logs.left) };
            assert!(
                said != Said::Pending && log.is_dropped(),
                "{}. The race said {said:?}, and `{loser}` still exists. Nobody will poll it again, and it still has what it holds: \
                 its connection, its place in a queue. Cancelling it is dropping it",
                plan(pending)
            );
            drop(race);
        }
    });
}

#[test]
fn a_race_that_waits_wakes_nobody() {
    limited(|| {
        let (left, right, _logs) = held((1, 1));
        let (mut turns, task) = (Turns::new(), WakerProbe::new());
        let said = poll(&mut Box::pin(turns.race(left, right)), &task.waker());
        assert!(
            said == Said::Pending,
            "both sides wait, nothing has happened, and the first poll of the race said {said:?}"
        );
        assert!(
            task.wakes() == 0,
            "both sides wait, nothing has happened, and the task was woken {}: it is polled again for nothing, and computes at full \
             speed while everybody waits",
            times(task.wakes())
        );
        let (left, right, logs) = held((2, 2));
        let mut race = Box::pin(turns.race(left, right));
        let _ = poll(&mut race, &task.waker());
        let _ = logs.left.wake();
        let before = task.wakes();
        let said = poll(&mut race, &task.waker());
        assert!(
            said == Said::Pending && task.wakes() == before,
            "`left` was woken, and says Pending again when the race is polled a second time. That poll said {said:?}, and in it the task was \
             woken {}: both sides have its waker, and nobody is to be asked again before one of them calls",
            times(task.wakes() - before)
        );
    });
}

#[test]
fn a_wake_reaches_the_task_that_polled_last() {
    limited(|| {
        let mut turns = Turns::new();
        for side in ["left", "right"] {
            // 15 races: an order that began with the left side asked first is tried with the right
            // one, too.
            for pollers in Pollers::orders().chain(Pollers::orders().skip(1)) {
                let (left, right, logs) = held((9, 9));
                let mut race = Box::pin(turns.race(left, right));
                // The first event is over, and the task comes back for the second one.
                for event in ["", " once more"] {
                    pollers.poll(|cx| race.as_mut().poll(cx));
                    let called = if side == "left" { logs.left.wake() } else { logs.right.wake() };
                    assert!(
                        called,
                        "the race was {pollers}, and something happened for `{side}`, which has no waker to call: nobody has polled it"
                    );
                    pollers.expect_last_woken(&format!("`{side}` called its waker{event}"));
                }
            }
        }
    });
}

#[test]
fn dropping_the_race_drops_both() {
    limited(|| {
        for polls in [0, 1, 2] {
            let (left, right, logs) = sides((4, 5));
            let mut turns = Turns::new();
            let mut race = Box::pin(turns.race(left, right));
            for _ in 0..polls {
                let _ = poll(&mut race, Waker::noop());
            }
            drop(race);
            for (side, log) in [("left", &logs.left), ("right", &logs.right)] {
                assert!(
                    log.is_dropped(),
                    "the race was polled {} and then dropped, and `{side}` is still there: it is never polled again, and what it holds \
                     is never released",
                    times(polls)
                );
            }
        }
    });
}

#[test]
fn a_side_stays_where_it_is() {
    limited(|| {
        let mut turns = Turns::new();
        for pending in [(2, 3), (3, 2), (2, 2), (2, 2)] {
            let (left, right, _logs) = sides(pending);
            // Not `Unpin`. One that is moved after its first poll panics, and names itself.
            let race = turns.race(Rooted::new("left", left), Rooted::new("right", right));
            let report = run(20, race);
            assert!(report.value.is_some(), "{}. How it went: {report}", plan(pending));
        }
        let (left, right, _logs) = sides((2, 2));
        // On the heap, and given up after one poll.
        let mut race = Box::pin(turns.race(Rooted::new("left", left), Rooted::new("right", right)));
        assert!(poll(&mut race, Waker::noop()) == Said::Pending, "{}", plan((2, 2)));
        drop(race);
    });
}
