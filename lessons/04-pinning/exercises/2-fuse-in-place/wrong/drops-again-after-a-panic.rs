//! Wrong: drops the future by hand, and notes only afterwards that it is gone.
//! Caught by: `one_whose_destructor_panics_is_dropped_once`
//! Because: if the destructor panics, the note is never written, and `Drop` drops the future again.
//! Says: and so the inner future was dropped twice

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Wraps `future`.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: ManuallyDrop::new(future), live: true }
}

/// The future of `fuse`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    future: ManuallyDrop<F>,
    live: bool,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future is only pinned again and dropped in place.
        let this = unsafe { self.get_unchecked_mut() };
        if !this.live {
            return Poll::Pending;
        }
        // SAFETY: it lies in a pinned struct.
        let polled = unsafe { Pin::new_unchecked(&mut *this.future) }.poll(cx);
        if polled.is_ready() {
            // SAFETY: it is live, and marked as dropped right after.
            unsafe { ManuallyDrop::drop(&mut this.future) };
            this.live = false;
        }
        polled
    }
}

impl<F> Drop for Fuse<F> {
    fn drop(&mut self) {
        if self.live {
            // SAFETY: it is live, and dropped where it lies.
            unsafe { ManuallyDrop::drop(&mut self.future) };
        }
    }
}
