//! Right: an enum, of which pin-project-lite drops the future in its place and hands out the tally.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::Tally;

pin_project_lite::pin_project! {
    #[project = Live]
    #[project_replace = Dead]
    enum State<F, C> {
        Live { #[pin] future: F, clock: C, tally: Tally },
        Dead,
    }
}

pin_project_lite::pin_project! {
    /// The future of `timed`.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Timed<F, C> {
        #[pin]
        state: State<F, C>,
    }
}

/// Wraps `future`.
pub fn timed<F: Future, C: FnMut() -> Duration>(future: F, clock: C) -> Timed<F, C> {
    Timed { state: State::Live { future, clock, tally: Tally::default() } }
}

impl<F: Future, C: FnMut() -> Duration> Future for Timed<F, C> {
    type Output = (F::Output, Tally);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        let Live::Live { future, clock, tally } = state.as_mut().project() else {
            panic!("polled after it was ready");
        };
        let before = clock();
        let polled = future.poll(cx);
        let after = clock();
        tally.polls += 1;
        tally.busy += after.saturating_sub(before);
        polled.map(|value| match state.project_replace(State::Dead) {
            Dead::Live { tally, .. } => (value, tally),
            Dead::Dead => unreachable!(),
        })
    }
}
