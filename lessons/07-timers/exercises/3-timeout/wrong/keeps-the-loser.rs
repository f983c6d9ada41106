//! Wrong: leaves the future where it is when its time is over.
//! Caught by: `the_loser_is_dropped_at_once`
//! Because: `.await` would drop both, but not everyone awaits: a timeout that is pinned and polled by a loop stays, and with
//!   it a connection that nobody wants any more.
//! Says: the timeout returned Ready(Err(Elapsed)), and the future within it is still there

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
            self.future = None;
            self.sleep = None;
            return Poll::Ready(Ok(value));
        }
        let sleep = self.sleep.as_mut().expect("it is not polled after it was ready");
        ready!(Pin::new(sleep).poll(cx));
        Poll::Ready(Err(Elapsed))
    }
}
