//! Wrong: wakes its task whenever the future is pending, to be polled again.
//! Caught by: `the_context_is_handed_on`
//! Because: the future sees to its wake-up itself; this way, its task spins.
//! Says: nothing has happened, and `Timed` woke its task

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

impl<F: Unpin, C> Unpin for Timed<F, C> {}

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
            Poll::Pending => {
                cx.waker().wake_by_ref(); // or nobody comes back
                Poll::Pending
            }
        }
    }
}
