//! Wrong: puts the value into the place of the future, and takes it out of there.
//! Caught by: `it_is_unpin_if_the_inner_future_is`
//! Because: now the value is a part of it, and decides whether it is `Unpin`.
//! Says: It is the value of that future that has to stay

use std::pin::Pin;
use std::task::{Context, Poll};

/// Wraps `future`.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { state: State::Waits(future) }
}

/// The future of `fuse`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F: Future> {
    state: State<F>,
}

enum State<F: Future> {
    Waits(F),
    Has(Option<F::Output>),
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future is not moved: the assignment drops it in place.
        let state = unsafe { &mut self.get_unchecked_mut().state };
        if let State::Waits(future) = state {
            // SAFETY: it lies in a pinned struct.
            if let Poll::Ready(value) = unsafe { Pin::new_unchecked(future) }.poll(cx) {
                *state = State::Has(Some(value));
            }
        }
        match state {
            State::Waits(_) => Poll::Pending,
            State::Has(value) => value.take().map_or(Poll::Pending, Poll::Ready),
        }
    }
}
