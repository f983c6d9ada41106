//! Wrong: polls both sides every time, finished or not.
//! Caught by: `a_finished_side_is_not_polled_again`
//! Because: as long as one side is pending, the other one's value falls on the floor, and the
//!   finished future is polled again.
//! Says: `left` was polled again after it had returned Ready

use std::pin::Pin;
use std::task::{Context, Poll};

pub fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    Join { left, right }
}

pub struct Join<A: Future, B: Future> {
    left: A,
    right: B,
}

impl<A, B> Future for Join<A, B>
where
    A: Future + Unpin,
    B: Future + Unpin,
    A::Output: Unpin,
    B::Output: Unpin,
{
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        match (Pin::new(&mut this.left).poll(cx), Pin::new(&mut this.right).poll(cx)) {
            (Poll::Ready(left), Poll::Ready(right)) => Poll::Ready((left, right)),
            _ => Poll::Pending,
        }
    }
}
