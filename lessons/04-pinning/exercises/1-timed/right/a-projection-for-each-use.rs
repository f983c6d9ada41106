//! Right: each field is projected when it is needed, by `map_unchecked_mut` or by a method.

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

impl<F, C: FnMut() -> Duration> Timed<F, C> {
    fn now(self: Pin<&mut Self>) -> Duration {
        // SAFETY: only the clock is used, and it is not pinned.
        let this = unsafe { self.get_unchecked_mut() };
        (this.clock)()
    }
}

impl<F, C> Future for Timed<F, C>
where
    F: Future,
    C: FnMut() -> Duration,
{
    type Output = (F::Output, Tally);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let begin = self.as_mut().now();
        // SAFETY: the closure gives out a field that stays in the struct, and nothing else pins or
        // moves it.
        let polled = unsafe { self.as_mut().map_unchecked_mut(|this| &mut this.future) }.poll(cx);
        let end = self.as_mut().now();
        // SAFETY: the tally is copied and changed, and the future not touched.
        let tally = unsafe { &mut self.get_unchecked_mut().tally };
        tally.polls += 1;
        tally.busy += end.saturating_sub(begin);
        let tally = *tally;
        polled.map(|value| (value, tally))
    }
}
