//! Wrong: counts in statics, which begin anew with each wrapper.
//! Caught by: `each_has_a_tally_of_its_own`
//! Because: two wrapped futures that run at the same time count for each other.
//! Says: Their tallies say 4 polls

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::Tally;

use std::cell::Cell;

thread_local! {
    static POLLS: Cell<u64> = const { Cell::new(0) };
    static BUSY: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Wraps `future`.
pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    POLLS.set(0);
    BUSY.set(Duration::ZERO);
    Timed { future, clock }
}

/// The future of `timed`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    future: F,
    clock: C,
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
        POLLS.set(POLLS.get() + 1);
        BUSY.set(BUSY.get() + ((this.clock)() - start));
        polled.map(|value| {
            let mut tally = Tally::default();
            tally.polls = POLLS.get();
            tally.busy = BUSY.get();
            (value, tally)
        })
    }
}
