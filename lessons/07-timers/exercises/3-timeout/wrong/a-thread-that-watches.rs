//! Wrong: starts a thread that wakes the task when the time is over.
//! Caught by: `no_thread_and_no_other_clock`
//! Because: it works, for a few. A timer in a queue does the same, without a stack.
//! Says: A timeout needs no thread: `Timer::sleep` has the loop wake the task at the deadline

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
    watched: bool,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    let deadline = timer.now().saturating_add(duration);
    Timeout { race: Some(Box::pin(future)), timer: timer.clone(), deadline, watched: false }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let now = self.timer.now();
        if !std::mem::replace(&mut self.watched, true) {
            let (waker, left) = (cx.waker().clone(), self.deadline.saturating_sub(now));
            std::thread::spawn(move || {
                std::thread::sleep(left);
                waker.wake();
            });
        }
        let late = now >= self.deadline;
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
