//! Wrong: compares with the clock in each poll, and sets no timer.
//! Caught by: `at_the_deadline_the_time_is_over`
//! Because: it is polled when the future calls. A peer that says nothing never has it called.
//! Says: nobody called the task's waker. It waits for the future alone

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use timers::{Elapsed, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    race: Option<Pin<Box<F>>>,
    timer: Timer,
    deadline: Duration,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    let deadline = timer.now().saturating_add(duration);
    Timeout { race: Some(Box::pin(future)), timer: timer.clone(), deadline }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let late = self.timer.now() >= self.deadline;
        let future = self.race.as_mut().expect("it is not polled after it was ready");
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending if late => Err(Elapsed),
            Poll::Pending => return Poll::Pending,
        };
        self.race = None;
        Poll::Ready(result)
    }
}
