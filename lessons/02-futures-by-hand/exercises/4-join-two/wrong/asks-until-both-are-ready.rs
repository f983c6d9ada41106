//! Wrong: asks both sides in a loop until they are ready.
//! Caught by: `one_poll_asks_both_sides`
//! Because: `poll` keeps its thread busy for as long as the slower side takes. The two of them share, and nobody else gets a
//!   turn.
//! Says: a side that says Pending is left alone until the next poll

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
        loop {
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
            if this.left_value.is_some() && this.right_value.is_some() {
                break;
            }
        }
        let left = this.left_value.take().expect("the loop ended");
        let right = this.right_value.take().expect("the loop ended");
        Poll::Ready((left, right))
    }
}
