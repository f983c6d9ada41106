//! Wrong: reads the clock in whole milliseconds.
//! Caught by: `the_time_is_not_rounded`
//! Because: most polls are shorter than that, and count as nothing or as too much.
//! Says: rounded, a thousand of them are nothing

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::Tally;

/// Wraps `future`.
pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    Timed { future, clock, polls: 0, busy_ms: 0 }
}

/// The future of `timed`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    future: F,
    clock: C,
    polls: u64,
    busy_ms: u64,
}

impl<F: Unpin, C> Unpin for Timed<F, C> {}

impl<F: Future, C: FnMut() -> Duration> Future for Timed<F, C> {
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the future is not moved out of `this`; it is only pinned again below.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: `this` was pinned, and the future is reached in no other way.
        let future = unsafe { Pin::new_unchecked(&mut this.future) };
        let start = (this.clock)().as_millis() as u64;
        let polled = future.poll(cx);
        this.polls += 1;
        this.busy_ms += (this.clock)().as_millis() as u64 - start;
        polled.map(|value| {
            let mut tally = Tally::default();
            tally.polls = this.polls;
            tally.busy = Duration::from_millis(this.busy_ms);
            (value, tally)
        })
    }
}
