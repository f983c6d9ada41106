//! Wrong: keeps the clock and the tally in an `Rc`, so that they need no projection.
//! Caught by: `nothing_is_allocated`
//! Because: each future that is wrapped costs an allocation.
//! Says: what it needs, the tally as well, lies in the struct

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::Tally;

use std::cell::RefCell;
use std::rc::Rc;

/// Wraps `future`.
pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    Timed { future, inner: Rc::new(RefCell::new((clock, Tally::default()))) }
}

/// The future of `timed`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    future: F,
    inner: Rc<RefCell<(C, Tally)>>,
}

impl<F: Future, C: FnMut() -> Duration> Future for Timed<F, C> {
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let inner = self.inner.clone();
        // SAFETY: the future is pinned together with the struct.
        let future = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        let start = (inner.borrow_mut().0)();
        let polled = future.poll(cx);
        let (clock, tally) = &mut *inner.borrow_mut();
        tally.polls += 1;
        tally.busy += clock() - start;
        polled.map(|value| (value, std::mem::take(tally)))
    }
}
