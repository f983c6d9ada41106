//! Wrong: returns the end of the time at once if there is none.
//! Caught by: `no_time_is_enough_for_what_is_ready`
//! Because: "what is there now" is what a timeout of zero asks for.
//! Says: the timeout returned Ready(Err(Elapsed)): it was not even asked

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    /// The future and its deadline. None once one of them has won: both go at the same moment.
    race: Option<(Pin<Box<F>>, Sleep)>,
    no_time: bool,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout { race: Some((Box::pin(future), timer.sleep(duration))), no_time: duration.is_zero() }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.no_time {
            self.race = None;
            return Poll::Ready(Err(Elapsed));
        }
        let (future, sleep) = self.race.as_mut().expect("it is not polled after it was ready");
        // In this order: a value that is there counts, however late it is.
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                ready!(Pin::new(sleep).poll(cx));
                Err(Elapsed)
            }
        };
        self.race = None;
        Poll::Ready(result)
    }
}
