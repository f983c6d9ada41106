//! A countdown announces one number at each poll, is pending for each of them, and is then ready
//! with "lift-off".

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
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::Countdown;
use shared::probe::{Journal, caught, times, watchdog};

use setup::*;

#[test]
fn making_a_countdown_announces_nothing() {
    limited(|| {
        let pad = count_from(3);
        let announced = pad.announced.to_string();
        assert!(
            announced == "nothing",
            "nobody has polled yet, and it has already announced {announced}. A future does nothing before its first poll"
        );
    });
}

#[test]
fn one_poll_announces_one_number() {
    limited(|| {
        let mut pad = count_from(3);
        let _ = pad.poll();
        let announced = pad.announced.to_string();
        assert!(
            announced == "3",
            "the first poll of a countdown from 3 announced {announced}. One poll announces one number, here 3, and comes back"
        );
    });
}

#[test]
fn it_is_pending_once_for_every_number() {
    limited(|| {
        let mut pad = count_from(3);
        pad.poll_announces(3, "the first poll of a countdown from 3");
        pad.poll_announces(2, "the second poll of a countdown from 3");
        pad.poll_announces(1, "the third poll of a countdown from 3");
    });
}

#[test]
fn after_the_last_number_it_is_ready() {
    limited(|| {
        let mut pad = count_from(2);
        for _ in 0..2 {
            let _ = pad.poll();
        }
        let before = pad.announced.take().join(", ");
        let said = pad.poll();
        assert!(
            said == Poll::Ready("lift-off"),
            "a countdown from 2 has been polled twice and announced {before}. Its third poll returned {said:?}, and has to \
             return Ready(\"lift-off\"): one Pending for each number, and not one more"
        );
        let announced = pad.announced.to_string();
        assert!(announced == "nothing", "the poll that is ready announced {announced} as well");
    });
}

#[test]
fn counting_from_zero_is_ready_at_the_first_poll() {
    limited(|| {
        let mut pad = count_from(0);
        let said = pad.poll();
        assert!(
            said == Poll::Ready("lift-off"),
            "a countdown from 0 has nothing to announce, so its first poll has to return Ready(\"lift-off\"). \
             It returned {said:?}"
        );
        let announced = pad.announced.to_string();
        assert!(announced == "nothing", "a countdown from 0 announced {announced}");
    });
}

#[test]
fn a_countdown_has_one_poll_for_each_number_and_one_for_the_end() {
    limited(|| {
        for from in 0..=6 {
            let mut pad = count_from(from);
            for number in (1..=from).rev() {
                pad.poll_announces(number, &format!("a poll of a countdown from {from}"));
            }
            pad.announced.take();
            let (said, announced) = (pad.poll(), pad.announced.to_string());
            assert!(
                said == Poll::Ready("lift-off") && announced == "nothing",
                "a countdown from {from} has been polled once for each of its numbers, and announced all its numbers. The next poll returned \
                 {said:?} and announced {announced}, where Ready(\"lift-off\") and nothing was to come"
            );
        }
    });
}

#[test]
fn a_long_countdown_does_not_lose_its_way() {
    limited(|| {
        let from = 70_000;
        let mut pad = count_from(from);
        for number in (1..=from).rev() {
            let said = pad.poll();
            let announced = pad.announced.take().join(", ");
            assert!(
                said.is_pending() && announced == number.to_string(),
                "poll {} of a countdown from {from} returned {said:?} and announced \"{announced}\", where Pending and {number} \
                 was to come: `from` may be any `u32`",
                pad.polls
            );
        }
        let said = pad.poll();
        assert!(said == Poll::Ready("lift-off"), "after its last number it returned {said:?}");
    });
}

#[test]
fn a_countdown_that_is_dropped_half_way_is_silent_and_gone() {
    limited(|| {
        for polls in [0, 1, 3, 4] {
            let mut pad = count_from(3);
            for _ in 0..polls {
                let _ = pad.poll();
            }
            pad.announced.take();
            let Pad { countdown, announced, held, .. } = pad;
            drop(countdown);
            assert!(
                announced.entries().is_empty(),
                "a countdown from 3 was polled {} and then dropped, and its drop announced {announced}: only a \
                 poll announces",
                times(polls)
            );
            assert!(
                Rc::strong_count(&held) == 1,
                "a countdown from 3 was polled {} and then dropped, and its closure still exists: what it \
                 holds is never released",
                times(polls)
            );
        }
    });
}

#[test]
fn two_countdowns_keep_their_own_place() {
    limited(|| {
        let (mut left, mut right) = (count_from(2), count_from(5));
        left.poll_announces(2, "the first poll of a countdown from 2, with one from 5 beside it,");
        right.poll_announces(5, "the first poll of the countdown from 5");
        left.poll_announces(1, "the second poll of the countdown from 2");
        right.poll_announces(4, "the second poll of the countdown from 5");
        let said = left.poll();
        assert!(
            said == Poll::Ready("lift-off"),
            "the third poll of the countdown from 2 returned {said:?}"
        );
        for number in [3, 2, 1] {
            right.poll_announces(
                number,
                "a poll of the countdown from 5, after the one from 2 was over,",
            );
        }
    });
}
