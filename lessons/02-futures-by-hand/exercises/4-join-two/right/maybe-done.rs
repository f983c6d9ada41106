//! Right: a generic helper for one side, in a box and a cell; a pending poll wakes the task, and
//!   `Ready` leaves the sides alone.

use std::cell::RefCell;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future until it is finished, and its value afterwards.
enum Side<F: Future> {
    Running(Box<F>),
    Finished(Option<F::Output>),
}

impl<F: Future + Unpin> Side<F> {
    /// Polls the future if it is not finished. Says whether it is.
    fn advance(&mut self, cx: &mut Context<'_>) -> bool {
        if let Side::Running(future) = self {
            match Pin::new(&mut **future).poll(cx) {
                Poll::Pending => return false,
                Poll::Ready(value) => *self = Side::Finished(Some(value)),
            }
        }
        true
    }

    fn take(&mut self) -> Option<F::Output> {
        match self {
            Side::Running(_) => None,
            Side::Finished(value) => value.take(),
        }
    }
}

/// Waits for `left` and `right` at the same time.
pub fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    let (left, right) = (Side::Running(Box::new(left)), Side::Running(Box::new(right)));
    Join { sides: Box::new(RefCell::new((left, right))) }
}

/// The future of [`join`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Join<A: Future, B: Future> {
    sides: Box<RefCell<(Side<A>, Side<B>)>>,
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
        let (left, right) = &mut *self.sides.borrow_mut();
        // `&` and not `&&`: both sides have to be asked.
        if left.advance(cx) & right.advance(cx)
            && let (Some(first), Some(second)) = (left.take(), right.take())
        {
            return Poll::Ready((first, second));
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
