//! Right: both sides become futures of the same type in a list, and the first that is ready wins.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use timers::{Elapsed, Timer};

type Side<'a, T> = Pin<Box<dyn Future<Output = Result<T, Elapsed>> + 'a>>;

pub struct Timeout<'a, T>(Vec<Side<'a, T>>);

pub fn timeout<'a, F: Future + 'a>(
    timer: &Timer,
    duration: Duration,
    future: F,
) -> Timeout<'a, F::Output> {
    let sleep = timer.sleep(duration);
    Timeout(vec![
        Box::pin(async { Ok(future.await) }),
        Box::pin(async {
            sleep.await;
            Err(Elapsed)
        }),
    ])
}

impl<T> Future for Timeout<'_, T> {
    type Output = Result<T, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        for side in &mut self.0 {
            if let Poll::Ready(result) = side.as_mut().poll(cx) {
                self.0.clear();
                return Poll::Ready(result);
            }
        }
        Poll::Pending
    }
}
