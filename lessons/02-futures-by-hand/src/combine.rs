//! Futures made of other futures.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Waits for `future`, then changes its value with `change`.
///
/// # Panics
///
/// `poll` panics where `future` or `change` does, and when it is called again after `Ready`.
///
/// ```
/// use futures_by_hand::{countdown, map, poll_until_ready};
///
/// let tripled = map(countdown(2), |from| from * 3);
/// assert_eq!(poll_until_ready(tripled), (6, 3));
/// ```
pub fn map<F, C, T>(future: F, change: C) -> Map<F, C>
where
    F: Future,
    C: FnOnce(F::Output) -> T,
{
    Map::Waiting { future, change }
}

// ANCHOR: map
/// The future of [`map`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Map<F, C> {
    /// Not ready yet.
    Waiting {
        /// What it waits for.
        future: F,
        /// What it will do with the value.
        change: C,
    },
    /// The value has been handed out.
    Done,
}

impl<F, C, T> Future for Map<F, C>
where
    F: Future + Unpin,
    C: FnOnce(F::Output) -> T + Unpin,
{
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let this = self.get_mut();
        let Map::Waiting { future, .. } = this else {
            panic!("`Map` polled after completion");
        };
        let value = ready!(Pin::new(future).poll(cx));
        match mem::replace(this, Map::Done) {
            Map::Waiting { change, .. } => Poll::Ready(change(value)),
            Map::Done => unreachable!("it was waiting a moment ago"),
        }
    }
}
// ANCHOR_END: map

/// Waits for `first`, makes a second future from its value with `next`, and waits for that one.
///
/// The second future is made and polled as soon as the first is ready, within the same poll.
///
/// # Panics
///
/// `poll` panics where `first`, `next` or the second future does, and when it is called again after
/// `Ready`.
///
/// ```
/// use futures_by_hand::{countdown, poll_until_ready, then};
///
/// let both = then(countdown(2), |from| countdown(from + 1));
/// assert_eq!(poll_until_ready(both), (3, 6));
/// ```
pub fn then<A, N, B>(first: A, next: N) -> Then<A, N, B>
where
    A: Future,
    N: FnOnce(A::Output) -> B,
    B: Future,
{
    Then::First { first, next }
}

// ANCHOR: then
/// The future of [`then`].
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Then<A, N, B> {
    /// Waits for the first future. The second does not exist yet.
    First {
        /// What it waits for.
        first: A,
        /// What makes the second future.
        next: N,
    },
    /// Waits for the second future. The first is gone.
    Second {
        /// What it waits for.
        second: B,
    },
    /// The value has been handed out.
    Done,
}

impl<A, N, B> Future for Then<A, N, B>
where
    A: Future + Unpin,
    N: FnOnce(A::Output) -> B + Unpin,
    B: Future + Unpin,
{
    type Output = B::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        let this = self.get_mut();
        if let Then::First { first, .. } = this {
            let value = ready!(Pin::new(first).poll(cx));
            if let Then::First { next, .. } = mem::replace(this, Then::Done) {
                *this = Then::Second { second: next(value) };
            }
        }
        let Then::Second { second } = this else {
            panic!("`Then` polled after completion");
        };
        let value = ready!(Pin::new(second).poll(cx));
        *this = Then::Done;
        Poll::Ready(value)
    }
}
// ANCHOR_END: then
