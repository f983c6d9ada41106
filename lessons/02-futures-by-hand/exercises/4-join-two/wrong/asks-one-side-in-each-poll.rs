//! Wrong: returns as soon as the left side has turned ready, and asks the right side in the next poll.
//! Caught by: `it_takes_as_long_as_the_longer_side`
//! Because: in the poll in which the left side gets ready, the right one is not asked. It may have been ready, too, and then the
//!   whole is one poll late.
//! Says: `left` is ready at its poll 1, `right` at its poll 1. The whole must be ready at poll 1

use std::pin::Pin;
use std::task::{Context, Poll};

pub fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    Join { left, right, left_value: None, right_value: None }
}

pub struct Join<A: Future, B: Future> {
    left: A,
    right: B,
    left_value: Option<A::Output>,
    right_value: Option<B::Output>,
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
        if this.left_value.is_none() {
            if let Poll::Ready(value) = Pin::new(&mut this.left).poll(cx) {
                this.left_value = Some(value);
                return Poll::Pending;
            }
        }
        if this.right_value.is_none() {
            if let Poll::Ready(value) = Pin::new(&mut this.right).poll(cx) {
                this.right_value = Some(value);
            }
        }
        match (this.left_value.take(), this.right_value.take()) {
            (Some(left), Some(right)) => Poll::Ready((left, right)),
            (left, right) => {
                this.left_value = left;
                this.right_value = right;
                Poll::Pending
            }
        }
    }
}
