//! Wrong: an async function: nothing in it runs before the first poll, not even the call of
//!   `sleep`.
//! Caught by: `the_call_fixes_the_deadline`
//! Because: the task may stand in a queue for long before it is polled. Who waits has been waiting
//!   since the call.
//! Says: the time runs from the call, also while the task stands in the queue

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Poll, ready};
use std::time::Duration;

use timers::{Elapsed, Timer};

/// Waits for `future`, but no longer than `duration`.
pub async fn timeout<F: Future>(
    timer: &Timer,
    duration: Duration,
    future: F,
) -> Result<F::Output, Elapsed> {
    let mut sleep = timer.sleep(duration);
    let mut future = pin!(future);
    poll_fn(|cx| {
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            return Poll::Ready(Ok(value));
        }
        ready!(Pin::new(&mut sleep).poll(cx));
        Poll::Ready(Err(Elapsed))
    })
    .await
}
