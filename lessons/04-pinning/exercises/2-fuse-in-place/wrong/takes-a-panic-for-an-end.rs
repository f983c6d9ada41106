//! Wrong: notes before the poll that the future is finished, and takes the note back if it is pending.
//! Caught by: `one_that_panics_is_dropped_once`
//! Because: if the poll panics, the note stays, and `Drop` leaves a future alone that is still there.
//! Says: The inner future was dropped 0 times

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
        this.live = false;
        // SAFETY: it lies in a pinned struct.
        let polled = unsafe { Pin::new_unchecked(&mut *this.future) }.poll(cx);
        if polled.is_ready() {
            // SAFETY: it is dropped where it lies, and no longer marked as live.
            unsafe { ManuallyDrop::drop(&mut this.future) };
        } else {
            this.live = true;
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
