//! Wrong: is a future only where the inner one is `Unpin`.
//! Caught by: `any_future_will_do`
//! Because: the future of an `async fn` is not `Unpin`, so the wrapper can be put around nearly nothing.
//! Says: is there only for an inner future that is `Unpin`

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
    F: Future + Unpin,
    C: FnMut() -> Duration + Unpin,
{
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let future = Pin::new(&mut this.future);
        let begin = (this.clock)();
        let polled = future.poll(cx);
        let end = (this.clock)();
        this.tally.polls += 1;
        this.tally.busy += end - begin;
        polled.map(|value| (value, this.tally))
    }
}
