//! Wrong: awaits the sleep, and then asks the future once.
//! Caught by: `a_value_in_time_arrives_when_it_is_there`
//! Because: the value comes when the time is over, also if it was there long before.
//! Says: the task was not woken

use std::task::Poll;
use std::time::Duration;

use timers::{Elapsed, Timer};

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(
    timer: &Timer,
    duration: Duration,
    future: F,
) -> impl Future<Output = Result<F::Output, Elapsed>> + use<F> {
    let sleep = timer.sleep(duration);
    async move {
        sleep.await;
        let mut future = Box::pin(future);
        let polled = std::future::poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await;
        match polled {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => Err(Elapsed),
        }
    }
}
