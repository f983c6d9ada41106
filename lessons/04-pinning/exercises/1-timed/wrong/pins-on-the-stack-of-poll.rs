//! Wrong: moves the future into `pin!` for each poll, and back by `ptr::read`.
//! Caught by: `the_inner_future_lies_within`
//! Because: `pin!` promises a place for as long as its own block lasts, and that is one poll.
//! Says: the inner future was polled outside of `Timed`

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
    Timed { future: Some(future), clock, tally: Tally::default() }
}

/// The future of `timed`. Its output is that of `future`, and the tally.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    /// Pinned when the struct is.
    future: Option<F>,
    /// Not pinned.
    clock: C,
    /// Not pinned.
    tally: Tally,
}

impl<F, C> Future for Timed<F, C>
where
    F: Future,
    C: FnMut() -> Duration,
{
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        use std::pin::pin;
        // SAFETY: the struct itself is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        let begin = (this.clock)();
        let mut future = pin!(this.future.take());
        let polled = future.as_mut().as_pin_mut().expect("polled after completion").poll(cx);
        if polled.is_pending() {
            // SAFETY: it is put back where it was.
            this.future = unsafe { future.get_unchecked_mut() }.take();
        }
        this.tally.busy += (this.clock)() - begin;
        this.tally.polls += 1;
        polled.map(|value| (value, this.tally))
    }
}
