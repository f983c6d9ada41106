//! Wrong: says that `Timed` may always be moved.
//! Caught by: `it_is_unpin_only_if_the_inner_future_is`
//! Because: with that line, `get_mut` needs no `unsafe`, and anybody may use it to move the future between two polls.
//! Says: `Timed` is `Unpin` although its inner future is not

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

impl<F, C> Unpin for Timed<F, C> {}

impl<F, C> Future for Timed<F, C>
where
    F: Future,
    C: FnMut() -> Duration,
{
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        // SAFETY: `future` lies in a struct that is pinned. Nothing else gives it out, no `Drop` moves it, and the struct is `Unpin`
        // only if it is: the compiler sees to that, from the fields.
        let future = unsafe { Pin::new_unchecked(&mut this.future) };
        let begin = (this.clock)();
        let polled = future.poll(cx);
        let end = (this.clock)();
        this.tally.polls += 1;
        this.tally.busy += end - begin;
        polled.map(|value| (value, this.tally))
    }
}
