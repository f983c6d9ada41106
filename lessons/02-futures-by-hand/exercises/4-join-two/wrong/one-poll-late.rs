//! Wrong: looks for the two values before it polls, and not afterwards.
//! Caught by: `two_ready_sides_are_ready_together`
//! Because: the poll that completes the pair returns `Pending`. Nobody below is waiting any more, so nobody has a reason to poll
//!   again.
//! Says: both sides are ready at their first poll, and the first poll of the whole returned Pending

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
        if let (Some(_), Some(_)) = (&this.left_value, &this.right_value) {
            return match (this.left_value.take(), this.right_value.take()) {
                (Some(left), Some(right)) => Poll::Ready((left, right)),
                _ => unreachable!("both were there a moment ago"),
            };
        }
        if this.left_value.is_none()
            && let Poll::Ready(value) = Pin::new(&mut this.left).poll(cx)
        {
            this.left_value = Some(value);
        }
        if this.right_value.is_none()
            && let Poll::Ready(value) = Pin::new(&mut this.right).poll(cx)
        {
            this.right_value = Some(value);
        }
        Poll::Pending
    }
}
