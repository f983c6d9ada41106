//! Right: sets the whole struct anew, instead of the field.

use std::pin::Pin;
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
        let mut this = self;
        // SAFETY: the field lies in a pinned struct, and is dropped in place when the struct is
        // set.
        let slot = unsafe { this.as_mut().map_unchecked_mut(|this| &mut this.future) };
        match slot.as_pin_mut().map(|future| future.poll(cx)) {
            Some(Poll::Ready(value)) => {
                this.set(Fuse { future: None });
                Poll::Ready(value)
            }
            Some(Poll::Pending) | None => Poll::Pending,
        }
    }
}
