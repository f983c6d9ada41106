//! Wrong: polls the sleep once for each task, so that it is not woken twice.
//! Caught by: `polls_do_not_move_the_tick`
//! Because: a task that comes back is known already, and the sleep calls the other one.
//! Says: then by task A again
// Base: right/keeps-the-sleep.rs

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Poll, Waker};
use std::time::Duration;

use timers::{Sleep, Timer};

/// What becomes of the ticks for which nobody came in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// They come at once, one after another.
    Burst,
    /// One comes late, and the others are left out.
    Skip,
}

/// Ticks at its start, and every `period` after that.
#[derive(Debug)]
pub struct Interval {
    timer: Timer,
    period: Duration,
    missed: Missed,
    /// Ends with the next tick.
    sleep: Sleep,
}

impl Interval {
    /// Starts to tick now. `period` is not zero.
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        Self { timer: timer.clone(), period, missed, sleep: timer.sleep(Duration::ZERO) }
    }

    /// Waits for the next tick, and returns when it was due.
    pub async fn tick(&mut self) -> Duration {
        let mut tasks: Vec<Waker> = Vec::new();
        poll_fn(|cx| {
            let is_due = self.timer.now() >= self.sleep.deadline();
            if !is_due && tasks.iter().any(|task| task.will_wake(cx.waker())) {
                return Poll::Pending;
            }
            tasks.push(cx.waker().clone());
            if Pin::new(&mut self.sleep).poll(cx).is_pending() {
                return Poll::Pending;
            }
            let due = self.sleep.deadline();
            self.sleep = self.timer.sleep_until(self.after(due));
            Poll::Ready(due)
        })
        .await
    }

    fn after(&self, due: Duration) -> Duration {
        let next = due.saturating_add(self.period);
        let now = self.timer.now();
        match self.missed {
            Missed::Skip if next <= now => {
                let beyond_the_last = (now - due).as_nanos() % self.period.as_nanos();
                let last = now - Duration::from_nanos_u128(beyond_the_last);
                last.saturating_add(self.period)
            }
            Missed::Burst | Missed::Skip => next,
        }
    }
}
