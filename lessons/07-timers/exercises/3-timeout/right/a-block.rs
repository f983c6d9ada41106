//! Right: no type of its own: the sleep is made in the call, and an async block races the two. What
//!   it has pinned goes when it is through.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use timers::{Elapsed, Timer};

pub fn timeout<F: Future>(
    timer: &Timer,
    duration: Duration,
    future: F,
) -> impl Future<Output = Result<F::Output, Elapsed>> + use<F> {
    let sleep = timer.sleep(duration);
    async move {
        let (mut future, mut sleep) = (pin!(future), pin!(sleep));
        poll_fn(|cx| match (future.as_mut().poll(cx), sleep.as_mut().poll(cx)) {
            (Poll::Ready(value), _) => Poll::Ready(Ok(value)),
            (Poll::Pending, over) => over.map(|()| Err(Elapsed)),
        })
        .await
    }
}
