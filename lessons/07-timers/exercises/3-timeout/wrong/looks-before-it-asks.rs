//! Wrong: notes what the clock shows, asks the future, and then judges by the note.
//! Caught by: `the_time_counts_after_the_question`
//! Because: the future may work in its poll. The time is over then, the sleep sets no timer any
//!   more, and nobody calls.
//! Says: and the timeout returned Pending; timers that are set: 0

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    future: Option<Pin<Box<F>>>,
    sleep: Option<Sleep>,
    timer: Timer,
    deadline: Duration,
}

pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    Timeout {
        future: Some(Box::pin(future)),
        sleep: Some(timer.sleep(duration)),
        timer: timer.clone(),
        deadline: timer.now().saturating_add(duration),
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        // One look at the clock per poll, so that all of this poll speaks of the same moment.
        let over = this.timer.now() >= this.deadline;
        let future = this.future.as_mut().expect("polled after it was ready");
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            this.future = None;
            this.sleep = None;
            return Poll::Ready(Ok(value));
        }
        if over {
            this.future = None;
            this.sleep = None;
            return Poll::Ready(Err(Elapsed));
        }
        // Sets the timer.
        let _ = Pin::new(this.sleep.as_mut().unwrap()).poll(cx);
        Poll::Pending
    }
}
