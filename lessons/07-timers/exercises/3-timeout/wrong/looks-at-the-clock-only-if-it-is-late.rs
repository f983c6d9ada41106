//! Wrong: asks the future first, and throws its value away if the clock is beyond the deadline.
//! Caught by: `a_value_that_is_there_counts_however_late`
//! Because: the work is done and paid for. That the loop came late to look is no reason to do it again.
//! Says: 58s after the deadline, and the timeout returned Ready(Err(Elapsed))

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    /// The future and its deadline. None once one of them has won: both go at the same moment.
    race: Option<(Pin<Box<F>>, Sleep)>,
    timer: Timer,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout { race: Some((Box::pin(future), timer.sleep(duration))), timer: timer.clone() }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let now = self.timer.now();
        let (future, sleep) = self.race.as_mut().expect("it is not polled after it was ready");
        // In this order: a value that is there counts, however late it is.
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) if now <= sleep.deadline() => Ok(value),
            Poll::Ready(_) => Err(Elapsed),
            Poll::Pending => {
                ready!(Pin::new(sleep).poll(cx));
                Err(Elapsed)
            }
        };
        self.race = None;
        Poll::Ready(result)
    }
}
