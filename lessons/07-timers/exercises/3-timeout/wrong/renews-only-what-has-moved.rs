//! Wrong: renews the sleep in each poll, but only for the first task or one that has just come.
//! Caught by: `the_last_waker_wins`
//! Because: the task that took the timeout over polls once more, for nothing, and its timer is
//!   gone.
//! Says: then by task B twice

use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    /// The future and its deadline. None once one of them has won: both go at the same moment.
    race: Option<(Pin<Box<F>>, Sleep)>,
    timer: Timer,
    /// The tasks that polled first, and last.
    tasks: Option<[Waker; 2]>,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout {
        race: Some((Box::pin(future), timer.sleep(duration))),
        timer: timer.clone(),
        tasks: None,
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { race, timer, tasks } = &mut *self;
        let (future, sleep) = race.as_mut().expect("it is not polled after it was ready");
        // In this order: a value that is there counts, however late it is.
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                let waker = cx.waker();
                let [first, last] = tasks.get_or_insert_with(|| [waker.clone(), waker.clone()]);
                let is_due = timer.now() >= sleep.deadline();
                *sleep = timer.sleep_until(sleep.deadline());
                if !is_due && !first.will_wake(waker) && last.will_wake(waker) {
                    return Poll::Pending;
                }
                last.clone_from(waker);
                ready!(Pin::new(sleep).poll(cx));
                Err(Elapsed)
            }
        };
        self.race = None;
        Poll::Ready(result)
    }
}
