//! Wrong: takes the first poll for a start that costs nothing.
//! Caught by: `the_time_within_the_polls_is_added_up`
//! Because: the body runs up to its first await in that poll.
//! Says: the first poll is missing

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::Tally;

/// Wraps `future`.
pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    Timed { future, clock, first: None, tally: Tally::default() }
}

/// The future of `timed`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    future: F,
    clock: C,
    first: Option<Duration>,
    tally: Tally,
}

impl<F: Unpin, C> Unpin for Timed<F, C> {}

impl<F: Future, C: FnMut() -> Duration> Future for Timed<F, C> {
    type Output = (F::Output, Tally);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the future is not moved out of `this`; it is only pinned again below.
        let this = unsafe { self.as_mut().get_unchecked_mut() };
        let start = (this.clock)();
        this.tally.polls += 1;
        // SAFETY: `this` was pinned, and the future is reached in no other way.
        let polled = unsafe { Pin::new_unchecked(&mut this.future) }.poll(cx);
        let now = (this.clock)();
        let spent = now - start;
        if this.first.is_none() {
            // The first poll only starts it; its time is not work.
            this.first = Some(spent);
        } else {
            this.tally.busy += spent;
        }
        polled.map(|value| (value, std::mem::take(&mut this.tally)))
    }
}
