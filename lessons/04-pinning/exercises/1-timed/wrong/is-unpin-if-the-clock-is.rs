//! Wrong: says that it is `Unpin` if the clock is, and forgets the future.
//! Caught by: `it_is_unpin_only_if_the_inner_future_is`
//! Because: an ordinary clock always is, so safe code may move the pinned future.
//! Says: `Timed` is `Unpin` although its inner future is not

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::Tally;

/// Wraps `future`.
pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    Timed { future, clock, tally: Tally::default() }
}

/// The future of `timed`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    future: F,
    clock: C,
    tally: Tally,
}

impl<F, C: Unpin> Unpin for Timed<F, C> {}

impl<F: Future, C: FnMut() -> Duration> Future for Timed<F, C> {
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the future is not moved out of `this`; it is only pinned again below.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: `this` was pinned, and the future is reached in no other way.
        let future = unsafe { Pin::new_unchecked(&mut this.future) };
        let start = (this.clock)();
        let polled = future.poll(cx);
        this.tally.polls += 1;
        this.tally.busy += (this.clock)() - start;
        match polled {
            Poll::Ready(value) => Poll::Ready((value, std::mem::take(&mut this.tally))),
            Poll::Pending => Poll::Pending,
        }
    }
}
