//! Wrong: polls the future until it is ready, in one poll.
//! Caught by: `pending_is_handed_on_and_every_poll_counts`
//! Because: the thread is busy with asking until the future is ready, and nobody else on it runs.
//! Says: whoever polls on in a loop keeps the thread from everybody else

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
        // SAFETY: nothing is moved out of `this`.
        let this = unsafe { self.get_unchecked_mut() };
        let begin = (this.clock)();
        loop {
            // SAFETY: the future lies in a pinned struct, and stays there.
            let future = unsafe { Pin::new_unchecked(&mut this.future) };
            this.tally.polls += 1;
            if let Poll::Ready(value) = future.poll(cx) {
                this.tally.busy += (this.clock)() - begin;
                return Poll::Ready((value, this.tally));
            }
        }
    }
}
