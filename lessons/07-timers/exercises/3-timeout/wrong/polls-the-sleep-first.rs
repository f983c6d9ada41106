//! Wrong: polls both, the sleep first, and prefers the value.
//! Caught by: `the_time_counts_after_the_question`
//! Because: what the sleep said is out of date if the future works in its poll. And each answer
//!   that is there at once sets a timer for nothing.
//! Says: and the timeout returned Pending; timers that are set: 1

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    future: Option<Pin<Box<F>>>,
    sleep: Option<Sleep>,
}

pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout { future: Some(Box::pin(future)), sleep: Some(timer.sleep(duration)) }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let sleep = this.sleep.as_mut().expect("polled after it was ready");
        // Both are asked, so that both have the waker; then the future comes first.
        let over = Pin::new(sleep).poll(cx).is_ready();
        let future = this.future.as_mut().expect("polled after it was ready");
        match (future.as_mut().poll(cx), over) {
            (Poll::Ready(value), _) => {
                this.future = None;
                this.sleep = None;
                Poll::Ready(Ok(value))
            }
            (Poll::Pending, true) => {
                this.future = None;
                this.sleep = None;
                Poll::Ready(Err(Elapsed))
            }
            (Poll::Pending, false) => Poll::Pending,
        }
    }
}
