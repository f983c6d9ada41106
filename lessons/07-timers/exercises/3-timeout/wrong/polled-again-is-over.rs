//! Wrong: takes a second poll without a value for the end of the time.
//! Caught by: `polls_do_not_move_the_deadline`
//! Because: a task is polled for many reasons. Only the clock says whether the time is over.
//! Says: being polled again is no sign that the time is over

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    /// The future and its deadline. None once one of them has won: both go at the same moment.
    race: Option<(Pin<Box<F>>, Sleep)>,
    polled: bool,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    let race = Some((Box::pin(future), timer.sleep(duration)));
    Timeout { race, polled: duration.is_zero() }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = std::mem::replace(&mut self.polled, true);
        let (future, sleep) = self.race.as_mut().expect("it is not polled after it was ready");
        // In this order: a value that is there counts, however late it is.
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                let slept = Pin::new(sleep).poll(cx);
                if slept.is_pending() && !polled {
                    return Poll::Pending;
                }
                Err(Elapsed)
            }
        };
        self.race = None;
        Poll::Ready(result)
    }
}
