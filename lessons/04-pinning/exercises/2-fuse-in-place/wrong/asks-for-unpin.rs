//! Wrong: is a future only where the inner one is `Unpin`.
//! Caught by: `any_future_will_do`
//! Because: it needs no `unsafe` at all, and takes no future of an `async fn`.
//! Says: is there only for an inner future that is `Unpin`

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

impl<F: Future + Unpin> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let slot = &mut self.get_mut().future;
        let Some(future) = slot else {
            return Poll::Pending;
        };
        let value = ready!(Pin::new(future).poll(cx));
        *slot = None;
        Poll::Ready(value)
    }
}
