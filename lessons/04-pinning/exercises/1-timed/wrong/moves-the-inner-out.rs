//! Wrong: takes the future out, polls it in a variable, and puts it back.
//! Caught by: `the_inner_future_stays_where_it_is`
//! Because: taking it out moves it, and so does putting it back: the pin in `poll` promises the opposite.
//! Says: its inner future was polled somewhere else: it was taken out, and so moved

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
        // SAFETY: the struct itself is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        let mut future = this.future.take().expect("polled after completion");
        let begin = (this.clock)();
        // SAFETY: it stays in this variable while it is polled.
        let polled = unsafe { Pin::new_unchecked(&mut future) }.poll(cx);
        this.tally.busy += (this.clock)() - begin;
        this.tally.polls += 1;
        if polled.is_pending() {
            this.future = Some(future);
        }
        polled.map(|value| (value, this.tally))
    }
}
