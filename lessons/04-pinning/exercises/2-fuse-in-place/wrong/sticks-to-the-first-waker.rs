//! Wrong: keeps the first waker, and polls only for that one.
//! Caught by: `the_context_is_handed_on`
//! Because: the task that polls now may be another one, and is never woken.
//! Says: the second task that polled was not woken

use std::pin::Pin;
use std::task::Waker;
use std::task::{Context, Poll};

/// Wraps `future`.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: Some(future), asked: None }
}

/// The future of `fuse`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    future: Option<F>,
    asked: Option<Waker>,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future is not moved: the assignment drops it in place.
        let this = unsafe { self.get_unchecked_mut() };
        let Some(future) = &mut this.future else { return Poll::Pending };
        if this.asked.as_ref().is_some_and(|waker| !waker.will_wake(cx.waker())) {
            // Somebody else polls; whoever came first will be woken.
            return Poll::Pending;
        }
        this.asked = Some(cx.waker().clone());
        // SAFETY: it lies in a pinned struct.
        let polled = unsafe { Pin::new_unchecked(future) }.poll(cx);
        if polled.is_ready() {
            this.future = None;
        }
        polled
    }
}
