//! Right: the starter's struct, as it is, within `pin_project!`: only `#[pin]` was added.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;

use crate::Tally;

/// Wraps `future`. `clock` says how much time has passed since some beginning.
pub fn timed<F, C>(future: F, clock: C) -> Timed<F, C>
where
    F: Future,
    C: FnMut() -> Duration,
{
    Timed { future, clock, tally: Tally::default() }
}

pin_project! {
    /// The future of `timed`. Its output is that of `future`, and the tally.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Timed<F, C> {
        // Pinned when the struct is.
        #[pin]
        future: F,
        // Not pinned.
        clock: C,
        // Not pinned.
        tally: Tally,
    }
}

impl<F, C> Future for Timed<F, C>
where
    F: Future,
    C: FnMut() -> Duration,
{
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let begin = (this.clock)();
        let polled = this.future.poll(cx);
        this.tally.busy += (this.clock)() - begin;
        this.tally.polls += 1;
        polled.map(|value| (value, *this.tally))
    }
}
