//! Right: fixes the deadline in the call, and makes the sleep when the future is pending for the
//!   first time.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    future: Option<Pin<Box<F>>>,
    sleep: Option<Sleep>,
    deadline: Duration,
    timer: Timer,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    let deadline = timer.now().checked_add(duration).unwrap_or(Duration::MAX);
    Timeout { future: Some(Box::pin(future)), sleep: None, deadline, timer: timer.clone() }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let future = this.future.as_mut().expect("it is polled until it is ready");
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending if this.timer.now() >= this.deadline => Err(Elapsed),
            Poll::Pending => {
                let new = || this.timer.sleep_until(this.deadline);
                let sleep = this.sleep.get_or_insert_with(new);
                ready!(Pin::new(sleep).poll(cx));
                Err(Elapsed)
            }
        };
        (this.future, this.sleep) = (None, None);
        Poll::Ready(result)
    }
}
