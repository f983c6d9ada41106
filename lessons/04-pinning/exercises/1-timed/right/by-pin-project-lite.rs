//! Right: the macro writes the projection, and the struct is an ordinary one.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;

use crate::Tally;

pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    Timed { future, clock, tally: Tally::default() }
}

pin_project! {
    /// The future of `timed`.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Timed<F, C> {
        #[pin]
        future: F,
        clock: C,
        tally: Tally,
    }
}

impl<F: Future, C: FnMut() -> Duration> Future for Timed<F, C> {
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let begin = (this.clock)();
        let polled = this.future.poll(cx);
        let passed = (this.clock)() - begin;
        *this.tally = Tally { polls: this.tally.polls + 1, busy: this.tally.busy + passed };
        polled.map(|value| (value, *this.tally))
    }
}
