//! A future that is given up at a deadline.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

// Timer::sleep(duration) -> Sleep, a future that is Unpin
// Timer::now() -> Duration
use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. The fields are a suggestion: change them if you like.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    /// In a box, it can be polled without further ado, and dropped before its time.
    future: Option<Pin<Box<F>>>,
    sleep: Option<Sleep>,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    todo!("when is the deadline?")
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        todo!("whom to ask first? And what goes when one of the two is ready?")
    }
}
