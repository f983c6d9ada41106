//! Wrong: hands every poll on, also after the end.
//! Caught by: `after_its_end_it_is_pending_for_ever`
//! Because: a finished future may panic when it is polled, and does.
//! Says: the inner future` was polled again after it had returned Ready

use std::pin::Pin;
use std::task::{Context, Poll};

/// Wraps `future`, so that it can be polled after it was ready.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future }
}

/// The future of `fuse`: ready once, with the value of the future within, and pending ever after.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    /// Pinned when the struct is.
    future: F,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the field lies in a pinned struct, and stays there.
        unsafe { self.map_unchecked_mut(|this| &mut this.future) }.poll(cx)
    }
}
