//! Wrong: polls the future in a loop until the clock is beyond the deadline.
//! Caught by: `a_value_in_time_arrives_when_it_is_there`
//! Because: `poll` has to return. While it goes round, nobody can do what it waits for, and not
//!   even the clock gets on.
//! Says: the timeout blocks: it has not returned within 2s

use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use timers::{Elapsed, Timer};

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(
    timer: &Timer,
    duration: Duration,
    future: F,
) -> impl Future<Output = Result<F::Output, Elapsed>> {
    let deadline = timer.now().saturating_add(duration);
    async move {
        let mut future = pin!(future);
        std::future::poll_fn(|cx| {
            loop {
                if let Poll::Ready(value) = future.as_mut().poll(cx) {
                    return Poll::Ready(Ok(value));
                }
                if timer.now() >= deadline {
                    return Poll::Ready(Err(Elapsed));
                }
            }
        })
        .await
    }
}
