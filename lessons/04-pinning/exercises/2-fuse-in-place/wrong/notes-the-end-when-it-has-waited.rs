//! Wrong: notes before each later poll that the future is finished, and takes the note back if it is pending.
//!   Based on `right/dropped-by-hand.rs`.
//! Caught by: `one_that_panics_is_dropped_once`
//! Because: if such a poll panics, the note stays, and `Drop` leaves a future alone that is still there.
//! Says: the inner future panicked in its second poll

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

pub fn fuse<F: Future>(future: F) -> Fuse<F> {
    Fuse { future: ManuallyDrop::new(future), is_there: true, waited: false }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Fuse<F> {
    future: ManuallyDrop<F>,
    is_there: bool,
    waited: bool,
}

impl<F> Fuse<F> {
    /// Drops the future in its place, if it is there.
    fn end(&mut self) {
        if std::mem::take(&mut self.is_there) {
            // SAFETY: it is there, it is not used after the flag is lowered, and it is dropped where it was pinned.
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
        this.is_there = !this.waited;
        // SAFETY: it is there, in a pinned struct, and stays until `end`.
        let polled = unsafe { Pin::new_unchecked(&mut *this.future) }.poll(cx);
        this.is_there = true;
        this.waited = true;
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
