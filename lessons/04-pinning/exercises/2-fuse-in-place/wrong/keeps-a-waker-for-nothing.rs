//! Wrong: keeps a clone of the waker after its end.
//! Caught by: `after_its_end_it_is_pending_for_ever`
//! Because: the task is held in memory by something that will never wake it.
//! Says: keeps a clone of the waker: it will never call it

use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

/// Wraps `future`, so that it can be polled after it was ready.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: Some(future), waker: None }
}

/// The future of `fuse`: ready once, with the value of the future within, and pending ever after.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    /// Pinned when the struct is. `None` once it was ready.
    future: Option<F>,
    waker: Option<Waker>,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: nothing is moved out of `this`.
        let this = unsafe { self.get_unchecked_mut() };
        this.waker = Some(cx.waker().clone());
        // SAFETY: the field lies in a pinned struct, and is dropped there by `set`.
        let mut slot = unsafe { Pin::new_unchecked(&mut this.future) };
        let Some(future) = slot.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let value = ready!(future.poll(cx));
        slot.set(None);
        Poll::Ready(value)
    }
}
