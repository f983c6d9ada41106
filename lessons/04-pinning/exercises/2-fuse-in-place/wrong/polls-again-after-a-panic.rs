//! Wrong: notes that the future is gone, for `Drop`, and notes that it is finished, for `poll`, only when the drop has gone well.
//! Caught by: `one_whose_destructor_panics_is_dropped_once`
//! Because: if the destructor panics, the second note is never written, and the next poll polls what has been dropped.
//! Says: polled the inner future, of which nothing is left

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Wraps `future`.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: ManuallyDrop::new(future), live: true, finished: false }
}

/// The future of `fuse`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    future: ManuallyDrop<F>,
    live: bool,
    finished: bool,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future is only pinned again and dropped in place.
        let this = unsafe { self.get_unchecked_mut() };
        if this.finished {
            return Poll::Pending;
        }
        // SAFETY: it lies in a pinned struct.
        let polled = unsafe { Pin::new_unchecked(&mut *this.future) }.poll(cx);
        if polled.is_ready() {
            this.live = false;
            // SAFETY: it was live until now, and nobody uses it again.
            unsafe { ManuallyDrop::drop(&mut this.future) };
            this.finished = true;
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
