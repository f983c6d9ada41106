//! Right: the values have places of their own beside the two futures.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for `left` and `right` at the same time.
pub fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    Join { left, right, left_value: None, right_value: None }
}

/// The future of [`join`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
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
