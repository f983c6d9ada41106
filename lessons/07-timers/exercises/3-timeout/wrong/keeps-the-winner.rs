//! Wrong: takes the timer out when the future has won, and leaves the finished future where it is.
//! Caught by: `the_timer_is_taken_out_at_once`
//! Because: a future that is finished may still own what it worked with.
//! Says: the future has given its value, and it is still there

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    future: Option<Pin<Box<F>>>,
    sleep: Option<Sleep>,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout { future: Some(Box::pin(future)), sleep: Some(timer.sleep(duration)) }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let future = self.future.as_mut().expect("it is not polled after it was ready");
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            self.sleep = None;
            return Poll::Ready(Ok(value));
        }
        let sleep = self.sleep.as_mut().expect("it is not polled after it was ready");
        ready!(Pin::new(sleep).poll(cx));
        self.future = None;
        Poll::Ready(Err(Elapsed))
    }
}
