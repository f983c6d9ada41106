//! Wrong: makes a new sleep in each poll.
//! Caught by: `polls_do_not_move_the_deadline`
//! Because: the time begins anew whenever the task is polled. A peer that sends one byte a second is never late.
//! Says: its end moves away with every poll

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

/// Waits for a future, but not for ever. It must not be polled again after it was ready.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    race: Option<(Pin<Box<F>>, Sleep)>,
    timer: Timer,
    duration: Duration,
}

/// Returns a future that waits for `future`, but no longer than `duration` after this call.
pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    let race = Some((Box::pin(future), timer.sleep(duration)));
    Timeout { race, timer: timer.clone(), duration }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let next = self.timer.sleep(self.duration);
        let (future, sleep) = self.race.as_mut().expect("it is not polled after it was ready");
        // In this order: a value that is there counts, however late it is.
        let result = match future.as_mut().poll(cx) {
            Poll::Ready(value) => Ok(value),
            Poll::Pending => {
                // It has been polled for nothing: the next one counts from now.
                let polled = Pin::new(&mut *sleep).poll(cx);
                if polled.is_pending() {
                    *sleep = next;
                    return Pin::new(sleep).poll(cx).map(|()| Err(Elapsed));
                }
                Err(Elapsed)
            }
        };
        self.race = None;
        Poll::Ready(result)
    }
}
