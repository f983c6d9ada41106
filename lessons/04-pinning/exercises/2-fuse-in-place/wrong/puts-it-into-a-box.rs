//! Wrong: keeps the future in a `Pin<Box<F>>`.
//! Caught by: `it_is_polled_and_dropped_in_one_place`
//! Because: it is sound and short, and each fuse costs an allocation that nobody asked for.
//! Says: the inner future was polled outside of `Fuse`: in a box

use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Wraps `future`, so that it can be polled after it was ready.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: Some(Box::pin(future)) }
}

/// The future of `fuse`: ready once, with the value of the future within, and pending ever after.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    /// Pinned when the struct is. `None` once it was ready.
    future: Option<Pin<Box<F>>>,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let slot = &mut self.get_mut().future;
        let Some(future) = slot else {
            return Poll::Pending;
        };
        let value = ready!(future.as_mut().poll(cx));
        *slot = None;
        Poll::Ready(value)
    }
}
