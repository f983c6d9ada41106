//! Wrong: asks the two sides in turn, one in each poll.
//! Caught by: `one_poll_asks_both_sides`
//! Because: each side gets every second poll only. And the side that is not asked has not been given this poll's waker.
//! Says: `left` has been polled once and `right` 0 times

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for `left` and `right` at the same time.
pub fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    Join { left, right, left_value: None, right_value: None, turn: false }
}

/// The future of [`join`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Join<A: Future, B: Future> {
    left: A,
    right: B,
    left_value: Option<A::Output>,
    right_value: Option<B::Output>,
    turn: bool,
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
        this.turn = !this.turn;
        if this.turn && this.left_value.is_none() || this.right_value.is_some() {
            if let Poll::Ready(value) = Pin::new(&mut this.left).poll(cx) {
                this.left_value = Some(value);
            }
        } else if let Poll::Ready(value) = Pin::new(&mut this.right).poll(cx) {
            this.right_value = Some(value);
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
