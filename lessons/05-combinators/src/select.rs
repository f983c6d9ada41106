//! Waiting for the first of two futures.

use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

/// Waits for the first of two futures, and gives its value. The other one is dropped: it is
/// cancelled.
///
/// Both are dropped within the poll that is ready, before it returns: the loser lives no longer
/// than the race. To keep a future that may lose, pin it and lend it: `select(left.as_mut(),
/// right)`.
///
/// *Fairness:* the left one is polled first, in every poll. If both are ready, the left one wins,
/// and the right one is not even polled. In a loop in which the left one is always ready, the right
/// one never gets a turn. To be fair, take turns in which of them is the left one.
///
/// *Cancellation:* dropping the future drops both.
///
/// # Panics
///
/// `poll` panics where one of them does, and when it is called again after `Ready`.
///
/// ```
/// use combinators::{Either, select};
/// use futures_by_hand::{countdown, poll_until_ready};
///
/// assert_eq!(poll_until_ready(select(countdown(2), countdown(1))), (Either::Right(1), 2));
/// assert_eq!(poll_until_ready(select(countdown(1), countdown(1))), (Either::Left(1), 2));
/// ```
// ANCHOR: select
pub fn select<A: Future, B: Future>(left: A, right: B) -> Select<A, B> {
    Select { racers: Some(Racers { left, right }) }
}

/// Which of two it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Either<A, B> {
    /// The left one.
    Left(A),
    /// The right one.
    Right(B),
}

pin_project! {
    /// The future of [`select`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Select<A, B> {
        // `None` once one of them has won.
        #[pin]
        racers: Option<Racers<A, B>>,
    }
}

pin_project! {
    #[derive(Debug)]
    struct Racers<A, B> {
        #[pin]
        left: A,
        #[pin]
        right: B,
    }
}

impl<A: Future, B: Future> Future for Select<A, B> {
    type Output = Either<A::Output, B::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let racers = this.racers.as_mut().as_pin_mut().expect("`Select` polled after completion");
        let racers = racers.project();
        let winner = match racers.left.poll(cx) {
            Poll::Ready(value) => Poll::Ready(Either::Left(value)),
            Poll::Pending => racers.right.poll(cx).map(Either::Right),
        };
        if winner.is_ready() {
            this.racers.set(None);
        }
        winner
    }
}
// ANCHOR_END: select

impl<T> Either<T, T> {
    /// The value, whichever it was.
    ///
    /// ```
    /// use combinators::Either;
    ///
    /// assert_eq!(Either::<u8, u8>::Right(7).into_inner(), 7);
    /// ```
    pub fn into_inner(self) -> T {
        match self {
            Either::Left(value) | Either::Right(value) => value,
        }
    }
}
