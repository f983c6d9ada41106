//! Right: has the timeout of the chapter race, and lets go of it when it is ready.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use timers::{Elapsed, Timer};

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    inner: Option<Pin<Box<timers::Timeout<F>>>>,
}

pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout { inner: Some(Box::pin(timer.timeout(duration, future))) }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let inner = self.inner.as_mut().expect("it is not polled after it was ready");
        let result = ready!(inner.as_mut().poll(cx));
        self.inner = None;
        Poll::Ready(result)
    }
}
