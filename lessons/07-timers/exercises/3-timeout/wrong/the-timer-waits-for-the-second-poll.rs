//! Wrong: makes the sleep in the first poll, and polls it from the second on.
//! Caught by: `nobody_else_has_to_poll_it`
//! Because: a sleep that nobody has polled has no waker. If the future never calls, there is no second poll.
//! Says: polled once, returned Pending, cloned the waker 0 times: nobody can ever wake this task

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    /// The future and its deadline. None once one of them has won: both go at the same moment.
    race: Option<(Pin<Box<F>>, Sleep)>,
    begun: bool,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout { race: Some((Box::pin(future), timer.sleep(duration))), begun: duration.is_zero() }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let begun = std::mem::replace(&mut self.begun, true);
        let (future, sleep) = self.race.as_mut().expect("it is not polled after it was ready");
        // In this order: a value that is there counts, however late it is.
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending if !begun => return Poll::Pending,
            Poll::Pending => {
                ready!(Pin::new(sleep).poll(cx));
                Err(Elapsed)
            }
        };
        self.race = None;
        Poll::Ready(result)
    }
}
