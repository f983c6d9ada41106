//! A countdown announces one number at each poll, is pending for each of them, and is then ready with "lift-off".

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::Countdown;
use shared::probe::{Journal, watchdog};

/// A countdown, and what it has announced. Boxed without its name: an answer may make it generic over its closure.
struct Pad {
    countdown: Pin<Box<dyn Future<Output = &'static str>>>,
    announced: Journal,
}

fn count_from(from: u32) -> Pad {
    let announced = Journal::new();
    let journal = announced.clone();
    let countdown = Box::pin(Countdown::new(from, move |number| journal.note(number)));
    Pad { countdown, announced }
}

impl Pad {
    fn poll(&mut self) -> Poll<&'static str> {
        self.countdown.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    }

    /// Polls, and insists on one number and on `Pending`.
    #[track_caller]
    fn poll_announces(&mut self, number: u32, what: &str) {
        self.announced.take();
        let said = self.poll();
        let announced = self.announced.to_string();
        assert!(
            said.is_pending(),
            "{what} returned {said:?} and announced {announced}. It is too early: the poll that announces {number} \
             still returns Pending"
        );
        assert!(
            announced == number.to_string(),
            "{what} announced {announced}, and its turn was {number}. The numbers go down by one from poll to poll, and the \
             place where the countdown stands is kept in the struct"
        );
    }
}

/// Runs a test, and ends it in words if `poll` does not return.
fn limited(test: fn()) {
    watchdog(Duration::from_secs(5), "`Countdown`", test);
}

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
fn two_countdowns_keep_their_own_place() {
    limited(|| {
        let (mut left, mut right) = (count_from(2), count_from(5));
        left.poll_announces(2, "the first poll of a countdown from 2, with one from 5 beside it,");
        right.poll_announces(5, "the first poll of the countdown from 5");
        left.poll_announces(1, "the second poll of the countdown from 2");
        right.poll_announces(4, "the second poll of the countdown from 5");
    });
}
