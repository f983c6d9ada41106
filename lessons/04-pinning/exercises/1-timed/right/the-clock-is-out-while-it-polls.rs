//! Right: a macro of its own writes the projection, a trait of its own polls, and all but the
//!   future is taken out meanwhile.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::Tally;

/// Writes `fn $name`, which leads from a pinned struct to its field.
macro_rules! projections {
    ($($name:ident: pin $field:ident: $type:ty;)* ) => {$(
        fn $name(self: Pin<&mut Self>) -> Pin<&mut $type> {
            // SAFETY: the struct has no `Drop`, is `Unpin` only if the field is, and reaches the
            // field only here.
            unsafe { self.map_unchecked_mut(|this| &mut this.$field) }
        }
    )*};
}

/// Polls, and calls something before and after.
trait PollBetween: Future {
    fn poll_between(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        around: &mut dyn FnMut(&mut dyn FnMut()),
    ) -> Poll<Self::Output>;
}

impl<F: Future> PollBetween for F {
    fn poll_between(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        around: &mut dyn FnMut(&mut dyn FnMut()),
    ) -> Poll<F::Output> {
        let mut said = Poll::Pending;
        around(&mut || said = self.as_mut().poll(cx));
        said
    }
}

/// The future of `timed`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timed<F, C> {
    /// Out of the struct while it is polled: it may be moved, the future may not.
    rest: Option<(C, Tally)>,
    future: F,
}

impl<F, C> Timed<F, C> {
    projections! { future: pin future: F; }

    fn rest(self: Pin<&mut Self>) -> &mut Option<(C, Tally)> {
        // SAFETY: the future is not touched.
        unsafe { &mut self.get_unchecked_mut().rest }
    }
}

/// Wraps `future`.
pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    Timed { rest: Some((clock, Tally::default())), future }
}

impl<F: Future, C: FnMut() -> Duration> Future for Timed<F, C> {
    type Output = (F::Output, Tally);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let (mut clock, mut tally) =
            self.as_mut().rest().take().expect("polled after it was ready or panicked");
        tally.polls += 1;
        let polled = self.as_mut().future().poll_between(cx, &mut |poll| {
            let start = clock();
            poll();
            tally.busy = tally.busy + clock() - start;
        });
        match polled {
            Poll::Ready(value) => Poll::Ready((value, tally)),
            Poll::Pending => {
                *self.rest() = Some((clock, tally));
                Poll::Pending
            }
        }
    }
}
