//! Wrong: returns the value at once if the future is ready at its first poll, and ends it only if it has waited.
//! Caught by: `a_finished_future_is_gone_at_once`
//! Because: a future that is ready at once is finished as well, and has to be dropped as well.
//! Says: the inner future was ready at its first poll

use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Wraps `future`, so that it can be polled after it was ready.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: Some(future), waited: false }
}

/// The future of `fuse`: ready once, with the value of the future within, and pending ever after.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    /// Pinned when the struct is. `None` once it was ready.
    future: Option<F>,
    waited: bool,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: a flag is copied out and set, and nothing is moved.
        let waited =
            std::mem::replace(unsafe { &mut self.as_mut().get_unchecked_mut().waited }, true);
        // SAFETY: the field lies in a pinned struct. Nothing takes the future out of it: below it is polled by its pin and dropped by
        // `set`, there is no `Drop`, and the struct is `Unpin` only if the future is.
        let mut slot = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        let Some(future) = slot.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let value = ready!(future.poll(cx));
        if waited {
            slot.set(None);
        }
        Poll::Ready(value)
    }
}
