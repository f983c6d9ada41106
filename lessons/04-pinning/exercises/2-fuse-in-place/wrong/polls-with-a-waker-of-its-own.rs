//! Wrong: polls the future with a waker that does nothing.
//! Caught by: `the_context_is_handed_on`
//! Because: the future tells the wrong waker, and the task sleeps for ever.
//! Says: was not woken when the inner future called the waker that it was given

use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

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

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the field lies in a pinned struct. Nothing takes the future out of it: below it is polled by its pin and dropped by
        // `set`, there is no `Drop`, and the struct is `Unpin` only if the future is.
        let mut slot = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        let Some(future) = slot.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let value = ready!(future.poll(&mut Context::from_waker(Waker::noop())));
        slot.set(None);
        Poll::Ready(value)
    }
}
