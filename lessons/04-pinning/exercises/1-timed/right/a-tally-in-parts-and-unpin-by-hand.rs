//! Right: keeps two numbers instead of a tally, writes the `Unpin` that is derived, and pins
//!   through a raw pointer.

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
    Timed { future, clock, polls: 0, busy: Duration::ZERO }
}

/// The future of `timed`. Its output is that of `future`, and the tally.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    /// Pinned when the struct is.
    future: F,
    /// Not pinned.
    clock: C,
    /// Not pinned.
    polls: u64,
    busy: Duration,
}

impl<F: Unpin, C> Unpin for Timed<F, C> {}

impl<F, C> Future for Timed<F, C>
where
    F: Future,
    C: FnMut() -> Duration,
{
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: nothing is moved out.
        let this = unsafe { self.get_unchecked_mut() };
        let future = &raw mut this.future;
        let begin = (this.clock)();
        // SAFETY: the pointer is to a field that is borrowed here and nowhere else, of a struct
        // that is pinned.
        let polled = unsafe { Pin::new_unchecked(&mut *future) }.poll(cx);
        this.busy += (this.clock)().saturating_sub(begin);
        this.polls += 1;
        let tally = Tally { polls: this.polls, busy: this.busy };
        polled.map(|value| (value, tally))
    }
}
