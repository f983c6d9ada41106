//! Right: makes a new sleep in each poll, for the rest of the time. The old one is dropped, and its
//!   timer with it.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    future: Option<Pin<Box<F>>>,
    timer: Timer,
    deadline: Duration,
    sleep: Option<Sleep>,
}

pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    let deadline = timer.now().saturating_add(duration);
    Timeout { future: Some(Box::pin(future)), timer: timer.clone(), deadline, sleep: None }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.sleep = None;
        let future = self.future.as_mut().expect("it is not polled after it was ready");
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            self.future = None;
            return Poll::Ready(Ok(value));
        }
        let rest = self.deadline.saturating_sub(self.timer.now());
        let mut sleep = self.timer.sleep(rest);
        if Pin::new(&mut sleep).poll(cx).is_ready() {
            self.future = None;
            return Poll::Ready(Err(Elapsed));
        }
        self.sleep = Some(sleep);
        Poll::Pending
    }
}
