//! Waiting for two futures at the same time.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for `left` and `right` at the same time.
pub fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    Join { left: Side::Running(left), right: Side::Running(right) }
}

/// The future of [`join`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Join<A: Future, B: Future> {
    left: Side<A>,
    right: Side<B>,
}

/// One of the two futures. Its own end and the end of the whole are two different moments.
enum Side<F: Future> {
    Running(F),
    Ready(F::Output),
    Taken,
}

impl<F: Future + Unpin> Side<F> {
    /// Polls the future if it is not finished. Returns whether its value is there.
    fn advance(&mut self, cx: &mut Context<'_>) -> bool {
        if let Side::Running(future) = self {
            match Pin::new(future).poll(cx) {
                // This drops the future: it cannot be polled again by mistake.
                Poll::Ready(value) => *self = Side::Ready(value),
                Poll::Pending => return false,
            }
        }
        true
    }

    fn take(&mut self) -> F::Output {
        match mem::replace(self, Side::Taken) {
            Side::Ready(value) => value,
            Side::Running(_) | Side::Taken => panic!("`Join` polled after completion"),
        }
    }
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
        // Both are asked before anything is decided. With `&&` between the calls, the right side
        // would wait for the left one.
        let left_is_ready = this.left.advance(cx);
        let right_is_ready = this.right.advance(cx);
        if left_is_ready && right_is_ready {
            Poll::Ready((this.left.take(), this.right.take()))
        } else {
            Poll::Pending
        }
    }
}
