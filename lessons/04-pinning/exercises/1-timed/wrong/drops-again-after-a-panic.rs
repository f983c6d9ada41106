//! Wrong: drops the future by hand, and notes only afterwards that it is gone.
//! Caught by: `one_whose_destructor_panics_is_dropped_once`
//! Because: if the destructor panics, the note is never written, and `Drop` drops the future again.
//! Says: the inner future was dropped twice

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
    Timed { future: ManuallyDrop::new(future), live: true, clock, tally: Tally::default() }
}

/// The future of `timed`. Its output is that of `future`, and the tally.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    /// Pinned when the struct is.
    future: ManuallyDrop<F>,
    /// Whether it is still there.
    live: bool,
    /// Not pinned.
    clock: C,
    /// Not pinned.
    tally: Tally,
}

impl<F, C> Drop for Timed<F, C> {
    fn drop(&mut self) {
        if self.live {
            // SAFETY: it is live, and dropped where it was pinned.
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
        assert!(this.live, "`Timed` polled after completion");
        let begin = (this.clock)();
        let polled = future.poll(cx);
        let end = (this.clock)();
        this.tally.polls += 1;
        this.tally.busy += end - begin;
        if polled.is_ready() {
            // SAFETY: it was live, and is marked as dropped right after.
            unsafe { ManuallyDrop::drop(&mut this.future) };
            this.live = false;
        }
        polled.map(|value| (value, this.tally))
    }
}
