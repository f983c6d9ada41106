//! Wrong: takes the future out of its slot for the poll, and does not put it back.
//! Caught by: `it_is_not_dropped_before_it_is_done`
//! Because: the future is dropped at the end of its first poll, ready or not.
//! Says: the inner future was pending in the first poll, and it was dropped

use std::pin::{Pin, pin};
use std::task::{Context, Poll};

/// Wraps `future`, so that it can be polled after it was ready.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: Some(future) }
}

/// The future of `fuse`: ready once, with the value of the future within, and pending ever after.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    /// Pinned when the struct is. `None` once it was ready.
    future: Option<F>,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the field is only emptied.
        let slot = unsafe { &mut self.get_unchecked_mut().future };
        match slot.take() {
            Some(future) => pin!(future).poll(cx),
            None => Poll::Pending,
        }
    }
}
