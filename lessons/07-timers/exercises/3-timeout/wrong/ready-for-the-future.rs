//! Wrong: asks the future with `ready!`.
//! Caught by: `at_the_deadline_the_time_is_over`
//! Because: `ready!` returns Pending from the whole function. What stands behind it is not reached as long as the future waits.
//! Says: nobody called the task's waker. It waits for the future alone

use std::pin::Pin;
use std::task::{Context, Poll, ready};
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
        let future = this.future.as_mut().expect("polled after it was ready");
        let value = ready!(future.as_mut().poll(cx));
        let late = Pin::new(this.sleep.as_mut().unwrap()).poll(cx).is_ready();
        this.future = None;
        this.sleep = None;
        Poll::Ready(if late { Err(Elapsed) } else { Ok(value) })
    }
}
