//! Wrong: remembers that the future is finished, and keeps it.
//! Caught by: `a_finished_future_is_gone_at_once`
//! Because: a finished future still owns what it owned, until the fuse is dropped, perhaps for hours.
//! Says: It was still there after one more poll

use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Wraps `future`, so that it can be polled after it was ready.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future, done: false }
}

/// The future of `fuse`: ready once, with the value of the future within, and pending ever after.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    /// Pinned when the struct is.
    future: F,
    done: bool,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: nothing is moved out of `this`.
        let this = unsafe { self.get_unchecked_mut() };
        if this.done {
            return Poll::Pending;
        }
        // SAFETY: the field lies in a pinned struct, and stays there.
        let value = ready!(unsafe { Pin::new_unchecked(&mut this.future) }.poll(cx));
        this.done = true;
        Poll::Ready(value)
    }
}
