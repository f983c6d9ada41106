//! Wrong: wakes its task when the future is ready, to tell it.
//! Caught by: `the_context_is_handed_on`
//! Because: the task is there already: it is told by `Ready`, and polled once more for nothing.
//! Says: `Fuse` has returned the value, and woke its task as well

use std::pin::Pin;
use std::task::{Context, Poll};

/// Wraps `future`.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: Some(future) }
}

/// The future of `fuse`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    future: Option<F>,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the option lies in a pinned struct, and is reached only here.
        let mut slot = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        let Some(future) = slot.as_mut().as_pin_mut() else { return Poll::Pending };
        let polled = future.poll(cx);
        if polled.is_ready() {
            slot.set(None);
            cx.waker().wake_by_ref(); // tell the loop that one is done
        }
        polled
    }
}
