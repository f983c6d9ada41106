//! Right: no box: the future is pinned in place, and taken out in place.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use pin_project_lite::pin_project;
use timers::{Elapsed, Sleep, Timer};

pin_project! {
    pub struct Timeout<F> {
        #[pin]
        future: Option<F>,
        sleep: Option<Sleep>,
    }
}

pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout { future: Some(future), sleep: Some(timer.sleep(duration)) }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let future = this.future.as_mut().as_pin_mut().expect("it is polled until it is ready");
        let result = match future.poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                if let Some(sleep) = this.sleep {
                    ready!(Pin::new(sleep).poll(cx));
                }
                Err(Elapsed)
            }
        };
        this.future.set(None);
        *this.sleep = None;
        Poll::Ready(result)
    }
}
