//! Wrong: takes the sleep out of its field, and leaves the function with `ready!`.
//! Caught by: `nobody_else_has_to_poll_it`
//! Because: what stands in a local variable is dropped when the function returns, here with Pending. The timer goes with it.
//! Says: cloned the waker once and dropped the clone: nobody can ever wake this task

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
        let mut sleep = this.sleep.take().expect("polled after it was ready");
        let answer = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                // On Pending, `ready!` leaves the function, and `sleep` goes with it.
                ready!(Pin::new(&mut sleep).poll(cx));
                Err(Elapsed)
            }
        };
        this.future = None;
        Poll::Ready(answer)
    }
}
