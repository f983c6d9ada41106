//! Wrong: drops the finished future when it is polled once more.
//! Caught by: `a_finished_future_is_gone_at_once`
//! Because: nobody polls a future once more just to have it dropped.
//! Says: It went with the next poll, and nobody has to poll again

use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Wraps `future`, so that it can be polled after it was ready.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: Some(future), done: false }
}

/// The future of `fuse`: ready once, with the value of the future within, and pending ever after.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    /// Pinned when the struct is. `None` once it was ready.
    future: Option<F>,
    done: bool,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: nothing is moved out of `this`.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: the field lies in a pinned struct, and is dropped there by `set`.
        let mut slot = unsafe { Pin::new_unchecked(&mut this.future) };
        if this.done {
            slot.set(None);
        }
        let Some(future) = slot.as_pin_mut() else {
            return Poll::Pending;
        };
        let value = ready!(future.poll(cx));
        this.done = true;
        Poll::Ready(value)
    }
}
