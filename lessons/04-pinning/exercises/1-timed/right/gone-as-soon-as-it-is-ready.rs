//! Right: the future is in an `Option`, and is dropped in place by `Pin::set` when it is ready.

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
        // SAFETY: nothing is moved out of `this`.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: the option lies in a pinned struct. `take` is never used on it, only `set`, which
        // drops in place.
        let mut slot = unsafe { Pin::new_unchecked(&mut this.future) };
        let begin = (this.clock)();
        let polled = slot.as_mut().as_pin_mut().expect("`Timed` polled after completion").poll(cx);
        this.tally.busy += (this.clock)() - begin;
        this.tally.polls += 1;
        polled.map(|value| {
            slot.set(None);
            (value, this.tally)
        })
    }
}
