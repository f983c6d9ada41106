//! Wrong: asks the future once more, if its time was over when it was polled for the first time.
//! Caught by: `the_first_poll_may_be_the_last`
//! Because: one poll of the timeout is two of the future.
//! Says: and has asked the future twice: each poll asks it once, also the last one

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use timers::{Elapsed, Sleep, Timer};
pub struct Timeout<F> {
    future: Option<Pin<Box<F>>>,
    sleep: Option<Sleep>,
    polls: u32,
}
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout { future: Some(Box::pin(future)), sleep: Some(timer.sleep(duration)), polls: 0 }
}
impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        loop {
            if let Poll::Ready(v) = this.future.as_mut().unwrap().as_mut().poll(cx) {
                this.future = None;
                this.sleep = None;
                return Poll::Ready(Ok(v));
            }
            this.polls += 1;
            if Pin::new(this.sleep.as_mut().unwrap()).poll(cx).is_pending() {
                return Poll::Pending;
            }
            if this.polls > 1 {
                this.future = None;
                this.sleep = None;
                return Poll::Ready(Err(Elapsed));
            }
        }
    }
}
