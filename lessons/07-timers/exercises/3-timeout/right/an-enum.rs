//! Right: an enum that is taken apart in each poll, and put back only if both are pending.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use timers::{Elapsed, Timer};

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum Timeout<F> {
    Waits(Pin<Box<F>>, Pin<Box<dyn Future<Output = ()> + Send>>),
    Over,
}

pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout::Waits(Box::pin(future), Box::pin(timer.sleep(duration)))
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Timeout::Waits(mut future, mut sleep) = mem::replace(&mut *self, Timeout::Over) else {
            panic!("polled after it was ready");
        };
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            return Poll::Ready(Ok(value));
        }
        if sleep.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(Elapsed));
        }
        *self = Timeout::Waits(future, sleep);
        Poll::Pending
    }
}
