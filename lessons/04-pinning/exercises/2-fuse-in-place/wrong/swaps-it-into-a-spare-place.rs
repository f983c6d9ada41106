//! Wrong: swaps the finished future into a second field, and drops it there.
//! Caught by: `it_is_polled_and_dropped_in_one_place`
//! Because: both fields are pinned, and the future has still been moved.
//! Says: in another place than the one in which it was polled. It was moved first

use std::pin::Pin;
use std::task::{Context, Poll};

/// Wraps `future`.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: Some(future), spare: None }
}

/// The future of `fuse`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    future: Option<F>,
    /// What is finished waits here for its end.
    spare: Option<F>,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future is ready when it is moved, and needs its pin no more.
        let this = unsafe { self.get_unchecked_mut() };
        this.spare = None;
        let Some(future) = &mut this.future else { return Poll::Pending };
        // SAFETY: it lies in a pinned struct.
        let polled = unsafe { Pin::new_unchecked(future) }.poll(cx);
        if polled.is_ready() {
            std::mem::swap(&mut this.future, &mut this.spare);
            this.spare = None;
        }
        polled
    }
}
