//! The same function twice: once for the compiler to turn into a future, once by hand.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::{Countdown, countdown};

/// Counts down twice, one after the other, and adds up where the two started.
///
/// ```
/// use futures_by_hand::{poll_until_ready, sum};
///
/// assert_eq!(poll_until_ready(sum(2, 1)), (3, 4));
/// ```
// ANCHOR: sum
pub async fn sum(first: u32, second: u32) -> u32 {
    let a = countdown(first).await;
    let b = countdown(second).await;
    a + b
}
// ANCHOR_END: sum

/// [`sum`] by hand: one variant for each place where it can stand still.
///
/// A variant holds what the function still needs when it goes on from there, and nothing else.
///
/// # Panics
///
/// `poll` panics when it is called again after `Ready`.
///
/// ```
/// use futures_by_hand::{Sum, poll_until_ready};
///
/// assert_eq!(poll_until_ready(Sum::new(2, 1)), (3, 4));
/// ```
// ANCHOR: sum-states
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Sum {
    /// Called, and not polled yet: the arguments.
    Start {
        /// Where the first countdown will start.
        first: u32,
        /// Where the second countdown will start.
        second: u32,
    },
    /// At the first `.await`.
    First {
        /// The future it waits for.
        waiting_for: Countdown,
        /// Still to come.
        second: u32,
    },
    /// At the second `.await`.
    Second {
        /// The local variable of this name: it is needed after the `.await`.
        a: u32,
        /// The future it waits for.
        waiting_for: Countdown,
    },
    /// The value has been handed out.
    Done,
}

impl Sum {
    /// What calling `sum(first, second)` does: it keeps the arguments.
    pub fn new(first: u32, second: u32) -> Self {
        Sum::Start { first, second }
    }
}
// ANCHOR_END: sum-states

// ANCHOR: sum-poll
impl Future for Sum {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let this = self.get_mut();
        loop {
            match this {
                Sum::Start { first, second } => {
                    *this = Sum::First { waiting_for: countdown(*first), second: *second };
                }
                Sum::First { waiting_for, second } => {
                    let a = ready!(Pin::new(waiting_for).poll(cx));
                    *this = Sum::Second { a, waiting_for: countdown(*second) };
                }
                Sum::Second { a, waiting_for } => {
                    let b = ready!(Pin::new(waiting_for).poll(cx));
                    let sum = *a + b;
                    *this = Sum::Done;
                    return Poll::Ready(sum);
                }
                Sum::Done => panic!("`Sum` polled after completion"),
            }
        }
    }
}
// ANCHOR_END: sum-poll
