//! `select`: the first wins, the left one at a tie, and the loser is gone before the winner's value
//! is there.

use std::future::{pending, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use combinators::{Either, select};
use shared::probe::{Bounded, ScriptLog, Scripted};

fn race(left: u32, right: u32) -> (Option<Either<char, char>>, ScriptLog, ScriptLog) {
    let (left, left_log) = Scripted::new("left", left, 'l');
    let (right, right_log) = Scripted::new("right", right, 'r');
    (Bounded::new().run(select(left, right)).value, left_log, right_log)
}

#[test]
fn the_first_wins() {
    assert_eq!(race(1, 2).0, Some(Either::Left('l')));
    assert_eq!(race(2, 1).0, Some(Either::Right('r')));
}

#[test]
fn the_left_one_wins_a_tie_and_the_right_one_is_not_polled() {
    let (winner, left, right) = race(1, 1);
    assert_eq!(winner, Some(Either::Left('l')));
    assert_eq!((left.polls(), right.polls()), (2, 1));
}

#[test]
fn the_loser_is_dropped_before_the_race_is_over() {
    let (right, log) = Scripted::new("right", 9, ());
    let mut both = pin!(select(ready(1), right));
    assert!(!log.is_dropped());
    let state = both.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(state, Poll::Ready(Either::Left(1)));
    assert!(log.is_dropped(), "the loser lives on although the race is over");
}

#[test]
fn a_loser_that_was_lent_can_go_on() {
    let (left, log) = Scripted::new("left", 2, 7);
    let mut left = pin!(left);
    let (first, second) = Bounded::new()
        .run(async {
            let first = select(left.as_mut(), ready('r')).await;
            (first, left.await)
        })
        .expect_ready();
    assert_eq!((first, second), (Either::Right('r'), 7));
    assert_eq!(log.polls(), 3);
}

#[test]
fn both_are_dropped_with_the_race() {
    let (left, left_log) = Scripted::new("left", 1, ());
    let (right, right_log) = Scripted::new("right", 1, ());
    drop(select(left, right));
    assert!(left_log.is_dropped() && right_log.is_dropped());
}

#[test]
#[should_panic(expected = "`Select` polled after completion")]
fn a_race_that_is_over_must_not_be_polled() {
    let mut both = select(ready(1), pending::<()>());
    let mut cx = Context::from_waker(Waker::noop());
    assert!(Pin::new(&mut both).poll(&mut cx).is_ready());
    let _ = Pin::new(&mut both).poll(&mut cx);
}
