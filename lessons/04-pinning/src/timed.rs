//! A future that counts and times the polls of another.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;

use crate::tally::{Stopwatch, Tally};

/// Counts and times the polls of `future`. Its output is that of `future`, and the [`Tally`].
///
/// `clock` says how much time has passed since some beginning: `|| clock.now()` for a virtual
/// clock, `move || start.elapsed()` for the real one. It is read before and after each poll. Time
/// in which nobody polls counts as `took`, not as `busy`.
///
/// The future lies within the one that is returned; nothing is allocated. The one may be moved
/// after it was polled if the other one may.
///
/// *Cancellation:* dropping it drops `future`, and the tally is lost; [`Timed::tally`] reads it
/// before.
///
/// # Panics
///
/// `poll` panics where `future` or `clock` does. That poll is not counted.
///
/// ```
/// use futures_by_hand::countdown;
/// use pinning::timed;
/// use std::time::Instant;
///
/// let start = Instant::now();
/// let (from, tally) = wakers::block_on(timed(countdown(2), || start.elapsed()));
/// assert_eq!((from, tally.polls), (2, 3));
/// assert!(tally.busy <= tally.took);
/// ```
pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    Timed { future, watch: Stopwatch::new(clock) }
}

// ANCHOR: timed
pin_project! {
    /// The future of [`timed`].
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Timed<F, C> {
        #[pin]
        future: F,
        watch: Stopwatch<C>,
    }
}

impl<F: Future, C: FnMut() -> Duration> Future for Timed<F, C> {
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let polled = this.watch.time(|| this.future.poll(cx));
        polled.map(|value| (value, this.watch.tally))
    }
}
// ANCHOR_END: timed

impl<F, C> Timed<F, C> {
    /// The tally so far.
    pub fn tally(&self) -> Tally {
        self.watch.tally
    }
}
