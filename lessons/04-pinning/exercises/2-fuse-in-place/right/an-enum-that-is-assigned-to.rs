//! Right: an enum; an assignment through the pin's reference drops the old variant in its place.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse::Runs(future)
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Fuse<F> {
    Runs(F),
    Over,
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: nothing is moved out of `this`: it is only assigned to, which drops the old value
        // where it lies.
        let this = unsafe { self.get_unchecked_mut() };
        let Fuse::Runs(future) = this else {
            return Poll::Pending;
        };
        // SAFETY: the enum is pinned, and so is what lies in its variant.
        let value = ready!(unsafe { Pin::new_unchecked(future) }.poll(cx));
        *this = Fuse::Over;
        Poll::Ready(value)
    }
}
