//! Wrong: keeps the waker of its first poll, also when the future is finished.
//! Caught by: `after_its_end_it_is_pending_for_ever`
//! Because: a finished fuse may lie about for hours, and a clone of a waker keeps its task in memory.
//! Says: a clone of the waker of an earlier poll

use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

/// Wraps `future`, so that it can be polled after it was ready.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: Some(future), last: None }
}

/// The future of `fuse`: ready once, with the value of the future within, and pending ever after.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    /// Pinned when the struct is. `None` once it was ready.
    future: Option<F>,
    last: Option<Waker>,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the waker is not what is pinned.
        let last = unsafe { &mut self.as_mut().get_unchecked_mut().last };
        if last.is_none() {
            *last = Some(cx.waker().clone());
        }
        // SAFETY: the field lies in a pinned struct. Nothing takes the future out of it: below it is polled by its pin and dropped by
        // `set`, there is no `Drop`, and the struct is `Unpin` only if the future is.
        let mut slot = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        let Some(future) = slot.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let value = ready!(future.poll(cx));
        slot.set(None);
        Poll::Ready(value)
    }
}
