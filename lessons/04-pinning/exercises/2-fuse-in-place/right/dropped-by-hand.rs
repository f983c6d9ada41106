//! Right: a `ManuallyDrop` and a flag; whoever lowers the flag drops the future in its place.

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: ManuallyDrop::new(future), is_there: true }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    future: ManuallyDrop<F>,
    is_there: bool,
}

impl<F> Fuse<F> {
    /// Drops the future in its place, if it is there.
    fn end(&mut self) {
        if std::mem::take(&mut self.is_there) {
            // SAFETY: it is there, it is not used after the flag is lowered, and it is dropped
            // where it was pinned.
            unsafe { ManuallyDrop::drop(&mut self.future) };
        }
    }
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: nothing is moved out of `this`.
        let this = unsafe { self.get_unchecked_mut() };
        if !this.is_there {
            return Poll::Pending;
        }
        // SAFETY: it is there, in a pinned struct, and stays until `end`.
        let polled = unsafe { Pin::new_unchecked(&mut *this.future) }.poll(cx);
        if polled.is_ready() {
            this.end();
        }
        polled
    }
}

impl<F> Drop for Fuse<F> {
    fn drop(&mut self) {
        self.end();
    }
}
