//! Wrong: leaves the timer set when the future has won.
//! Caught by: `the_timer_is_taken_out_at_once`
//! Because: the queue keeps the task's waker until the deadline, and then the task is woken for something that is over.
//! Says: the future won, the timeout returned Ready(Ok(17)), and timers are still set: 1

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    future: Option<Pin<Box<F>>>,
    sleep: Sleep,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout { future: Some(Box::pin(future)), sleep: timer.sleep(duration) }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let future = self.future.as_mut().expect("it is not polled after it was ready");
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                ready!(Pin::new(&mut self.sleep).poll(cx));
                Err(Elapsed)
            }
        };
        self.future = None;
        Poll::Ready(result)
    }
}
