//! Wrong: says that it is `Unpin` if the value is, and forgets the future.
//! Caught by: `it_is_unpin_only_if_the_inner_future_is`
//! Because: most values are, so safe code may move the pinned future.
//! Says: `Fuse` is `Unpin` although its inner future is not

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

impl<F: Future<Output: Unpin>> Unpin for Fuse<F> {}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the option lies in a pinned struct, and is reached only here.
        let mut slot = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        let Some(future) = slot.as_mut().as_pin_mut() else { return Poll::Pending };
        let polled = future.poll(cx);
        if polled.is_ready() {
            slot.set(None);
        }
        polled
    }
}
