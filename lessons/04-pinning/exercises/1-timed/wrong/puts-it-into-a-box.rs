//! Wrong: keeps the future in a `Pin<Box<F>>`.
//! Caught by: `the_inner_future_lies_within`
//! Because: it is sound, and every wrapped future costs an allocation that nobody asked for.
//! Says: the inner future was polled outside of `Timed`: in a box

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
    Timed { future: Box::pin(future), clock, tally: Tally::default() }
}

/// The future of `timed`. Its output is that of `future`, and the tally.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    /// Pinned when the struct is.
    future: Pin<Box<F>>,
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
        // SAFETY: nothing is moved out of `this`.
        let this = unsafe { self.get_unchecked_mut() };
        let future = this.future.as_mut();
        let begin = (this.clock)();
        let polled = future.poll(cx);
        let end = (this.clock)();
        this.tally.polls += 1;
        this.tally.busy += end - begin;
        polled.map(|value| (value, this.tally))
    }
}
