//! Wrong: asks the future in the first poll, and afterwards only the clock.
//! Caught by: `a_value_in_time_arrives_when_it_is_there`
//! Because: the future calls when it can get on. It does get on only if somebody polls it.
//! Says: After 2s it is ready with 17, the task was woken, and the timeout returned Pending

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
    Timeout { race: Some((Box::pin(future), timer.sleep(duration))), begun: false }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let begun = std::mem::replace(&mut self.begun, true);
        let (future, sleep) = self.race.as_mut().expect("it is not polled after it was ready");
        // In this order: a value that is there counts, however late it is.
        let first = if begun { Poll::Pending } else { future.as_mut().poll(cx) };
        let result = match first {
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
