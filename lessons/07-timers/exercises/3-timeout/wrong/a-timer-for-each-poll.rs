//! Wrong: sets a timer for the same deadline in each poll, and keeps them all.
//! Caught by: `one_timer_is_enough`
//! Because: the first entry would do, with the waker of the last poll. A task that is busy fills the queue.
//! Says: one timeout was polled twice, and 2 timers are set for it

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    race: Option<(Pin<Box<F>>, Vec<Sleep>)>,
    timer: Timer,
    deadline: Duration,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    let deadline = timer.now().saturating_add(duration);
    Timeout { race: Some((Box::pin(future), Vec::new())), timer: timer.clone(), deadline }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut sleep = self.timer.sleep_until(self.deadline);
        let (future, sleeps) = self.race.as_mut().expect("it is not polled after it was ready");
        // In this order: a value that is there counts, however late it is.
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                if Pin::new(&mut sleep).poll(cx).is_pending() {
                    sleeps.push(sleep);
                    return Poll::Pending;
                }
                Err(Elapsed)
            }
        };
        self.race = None;
        Poll::Ready(result)
    }
}
