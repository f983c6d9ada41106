//! Wrong: takes the future out for the poll, and puts it back if it is pending.
//! Caught by: `it_is_polled_and_dropped_in_one_place`
//! Because: a pinned future is moved twice at every poll.
//! Says: the inner future was polled outside of `Fuse`

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
        // SAFETY: this is what the mistake is about: what is pinned here is moved back afterwards.
        let slot = unsafe { &mut self.get_unchecked_mut().future };
        let Some(mut future) = slot.take() else {
            return Poll::Pending;
        };
        // SAFETY: it stays in this variable during the poll.
        let polled = unsafe { Pin::new_unchecked(&mut future) }.poll(cx);
        if polled.is_pending() {
            *slot = Some(future);
        }
        polled
    }
}
