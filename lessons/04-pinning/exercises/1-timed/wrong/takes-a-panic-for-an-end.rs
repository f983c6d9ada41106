//! Wrong: notes before the poll that the future is gone, and takes the note back if it is pending.
//!   Based on `right/dropped-by-hand.rs`.
//! Caught by: `one_that_panics_is_dropped_once`
//! Because: if the poll panics, the note stays, and `Drop` leaves a future alone that is still there.
//! Says: The inner future was dropped 0 times

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::Tally;

/// Wraps `future`. `clock` says how much time has passed since some beginning.
pub fn timed<F, C>(future: F, clock: C) -> Timed<F, C>
where
    F: Future,
    C: FnMut() -> Duration,
{
    Timed { future: ManuallyDrop::new(future), clock, tally: Tally::default(), is_gone: false }
}

/// The future of `timed`. Its output is that of `future`, and the tally.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    /// Pinned when the struct is.
    future: ManuallyDrop<F>,
    /// Not pinned.
    clock: C,
    /// Not pinned.
    tally: Tally,
    /// Whether the future has ended.
    is_gone: bool,
}

impl<F, C> Drop for Timed<F, C> {
    fn drop(&mut self) {
        if !self.is_gone {
            // SAFETY: it is not dropped before, nor used afterwards, and it is dropped where it was pinned.
            unsafe { ManuallyDrop::drop(&mut self.future) };
        }
    }
}

impl<F, C> Future for Timed<F, C>
where
    F: Future,
    C: FnMut() -> Duration,
{
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: nothing is moved out of `this`: two fields are used by reference, the third is pinned again.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: `future` lies in a struct that is pinned. Nothing else gives it out, no `Drop` moves it, and the struct is `Unpin`
        // only if it is: the compiler sees to that, from the fields.
        let future = unsafe { Pin::new_unchecked(&mut *this.future) };
        let begin = (this.clock)();
        this.is_gone = true;
        let polled = future.poll(cx);
        let end = (this.clock)();
        if polled.is_ready() {
            // SAFETY: the note is written, so nobody uses it or drops it again.
            unsafe { ManuallyDrop::drop(&mut this.future) };
        } else {
            this.is_gone = false;
        }
        this.tally.polls += 1;
        this.tally.busy += end - begin;
        polled.map(|value| (value, this.tally))
    }
}
