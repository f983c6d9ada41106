//! Wrong: is right, and does not say why.
//! Caught by: `every_unsafe_block_says_why_nothing_moves`
//! Because: whoever changes the struct next does not know which promises it keeps.
//! Says: has no comment that begins with `SAFETY:`

use std::pin::Pin;
use std::task::{Context, Poll, ready};

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
        let mut slot = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        let Some(future) = slot.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let value = ready!(future.poll(cx));
        slot.set(None);
        Poll::Ready(value)
    }
}
