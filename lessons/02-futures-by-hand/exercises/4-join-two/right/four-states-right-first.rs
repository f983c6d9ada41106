//! Right: an enum of the four states. The right side is polled first, and a finished side is
//!   dropped at once.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for `left` and `right` at the same time.
pub fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    Join::Both(left, right)
}

/// The future of [`join`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Join<A: Future, B: Future> {
    Both(A, B),
    Left(A, B::Output),
    Right(A::Output, B),
    Neither,
}

impl<A, B> Future for Join<A, B>
where
    A: Future + Unpin,
    B: Future + Unpin,
    A::Output: Unpin,
    B::Output: Unpin,
{
    type Output = (A::Output, B::Output);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let next = match mem::replace(&mut *self, Join::Neither) {
            Join::Both(mut left, mut right) => {
                let second = Pin::new(&mut right).poll(cx);
                let first = Pin::new(&mut left).poll(cx);
                match (first, second) {
                    (Poll::Ready(first), Poll::Ready(second)) => {
                        return Poll::Ready((first, second));
                    }
                    (Poll::Ready(first), Poll::Pending) => Join::Right(first, right),
                    (Poll::Pending, Poll::Ready(second)) => Join::Left(left, second),
                    (Poll::Pending, Poll::Pending) => Join::Both(left, right),
                }
            }
            Join::Left(mut left, second) => match Pin::new(&mut left).poll(cx) {
                Poll::Ready(first) => return Poll::Ready((first, second)),
                Poll::Pending => Join::Left(left, second),
            },
            Join::Right(first, mut right) => match Pin::new(&mut right).poll(cx) {
                Poll::Ready(second) => return Poll::Ready((first, second)),
                Poll::Pending => Join::Right(first, right),
            },
            Join::Neither => Join::Neither,
        };
        *self = next;
        Poll::Pending
    }
}
