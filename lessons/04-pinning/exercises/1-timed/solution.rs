//! A wrapper around any future: it counts the polls, and adds up the time that is spent in them.

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
    Timed { future, clock, tally: Tally::default() }
}

/// The future of `timed`. Its output is that of `future`, and the tally.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    /// Pinned when the struct is.
    future: F,
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
        // SAFETY: nothing is moved out of `this`: two fields are used by reference, the third is
        // pinned again.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: `future` lies in a struct that is pinned. Nothing else gives it out, no `Drop`
        // moves it, and the struct is `Unpin` only if it is: the compiler sees to that, from the
        // fields.
        let future = unsafe { Pin::new_unchecked(&mut this.future) };
        let begin = (this.clock)();
        let polled = future.poll(cx);
        let end = (this.clock)();
        this.tally.polls += 1;
        this.tally.busy += end - begin;
        polled.map(|value| (value, this.tally))
    }
}
