//! Right: a `ControlFlow` is the place, and a trait of its own says how a place is polled; `Fuse`
//!   is generic over it.

use std::marker::PhantomData;
use std::ops::ControlFlow::{self, Break, Continue};
use std::pin::Pin;
use std::task::{Context, Poll};

/// What becomes of a pinned place after a poll.
trait Place<F: Future> {
    fn step(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output>;
}

impl<F: Future> Place<F> for ControlFlow<(), F> {
    fn step(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: it is only pinned again, or assigned to, which drops the old one in its place.
        let place = unsafe { self.get_unchecked_mut() };
        match place {
            Break(()) => Poll::Pending,
            // SAFETY: it is part of a pinned place.
            Continue(future) => match unsafe { Pin::new_unchecked(future) }.poll(cx) {
                Poll::Pending => Poll::Pending,
                ready => {
                    *place = Break(());
                    ready
                }
            },
        }
    }
}

/// Wraps `future`.
pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { place: Continue(future), by: PhantomData }
}

/// The future of `fuse`, which is generic over what its place is.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F, P = ControlFlow<(), F>> {
    place: P,
    by: PhantomData<F>,
}

impl<F: Future, P: Place<F>> Future for Fuse<F, P> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the place is pinned when the struct is.
        unsafe { self.map_unchecked_mut(|fuse| &mut fuse.place) }.step(cx)
    }
}
