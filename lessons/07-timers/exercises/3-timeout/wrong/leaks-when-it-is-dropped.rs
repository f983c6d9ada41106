//! Wrong: keeps the future in a `ManuallyDrop`, and takes it out when one of the two has won.
//! Caught by: `a_dropped_timeout_takes_both_along`
//! Because: a timeout may be dropped before either has: by a timeout around it, or with its task.
//! Says: The future within is still there

use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    /// The future and its deadline. None once one of them has won: both go at the same moment.
    race: Option<(ManuallyDrop<Pin<Box<F>>>, Sleep)>,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout { race: Some((ManuallyDrop::new(Box::pin(future)), timer.sleep(duration))) }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let (future, sleep) = self.race.as_mut().expect("it is not polled after it was ready");
        // In this order: a value that is there counts, however late it is.
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                ready!(Pin::new(sleep).poll(cx));
                Err(Elapsed)
            }
        };
        if let Some((future, _)) = self.race.take() {
            drop(ManuallyDrop::into_inner(future));
        }
        Poll::Ready(result)
    }
}
