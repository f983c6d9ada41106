//! [`Timed`] without a macro: the projection is written by hand, and so are the promises that make
//! it sound.
//!
//! The four rules of a pinned field, and where each is kept:
//!
//! 1. Once the struct is pinned, the field is never moved: [`Timed`] hands it out as `Pin<&mut F>`
//!    only.
//! 2. The struct is `Unpin` only if the field is: the `impl` below says so.
//! 3. `Drop` moves nothing out: there is no `Drop` here, so the fields are dropped where they lie.
//! 4. The field is dropped before its memory is used again: for the same reason.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::tally::{Stopwatch, Tally};

/// Counts and times the polls of `future`. See [`timed`](crate::timed()), which does the same.
///
/// # Panics
///
/// `poll` panics where `future` or `clock` does.
///
/// ```
/// use pinning::by_hand::timed;
/// use std::time::Duration;
///
/// let (word, tally) = wakers::block_on(timed(async { "done" }, || Duration::ZERO));
/// assert_eq!((word, tally.polls), ("done", 1));
/// ```
pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    Timed { future, watch: Stopwatch::new(clock) }
}

/// The future of [`timed`].
// ANCHOR: struct
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    /// Pinned when the struct is.
    future: F,
    /// Not pinned: it may be moved at any time.
    watch: Stopwatch<C>,
}
// ANCHOR_END: struct

// ANCHOR: project
impl<F, C> Timed<F, C> {
    /// From a pinned struct to its parts: one of them is pinned, the other one is not.
    fn project(self: Pin<&mut Self>) -> (Pin<&mut F>, &mut Stopwatch<C>) {
        // SAFETY: nothing is moved out of `this`: one field is pinned again, the other one is only
        // lent.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: `future` lies in a pinned struct, and stays there until it is dropped in place.
        // This is the only way to it, there is no `Drop`, and the struct is `Unpin` only if
        // `future` is.
        let future = unsafe { Pin::new_unchecked(&mut this.future) };
        (future, &mut this.watch)
    }
}

// A clock that must not be moved would be no obstacle: it is never pinned.
impl<F: Unpin, C> Unpin for Timed<F, C> {}
// ANCHOR_END: project

// ANCHOR: poll
impl<F: Future, C: FnMut() -> Duration> Future for Timed<F, C> {
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let (future, watch) = self.project();
        let polled = watch.time(|| future.poll(cx));
        polled.map(|value| (value, watch.tally))
    }
}
// ANCHOR_END: poll

impl<F, C> Timed<F, C> {
    /// The tally so far.
    pub fn tally(&self) -> Tally {
        self.watch.tally
    }
}
