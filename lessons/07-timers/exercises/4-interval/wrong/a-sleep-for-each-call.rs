//! Wrong: keeps the sleep of each call until a tick has come.
//! Caught by: `a_cancelled_call_loses_no_tick`
//! Because: each call that was dropped leaves its timer set.
//! Says: timers are set
// Base: right/keeps-the-sleep.rs

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
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
    /// Those of earlier calls.
    before: Vec<Sleep>,
}

impl Interval {
    /// Starts to tick now. `period` is not zero.
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        Self {
            timer: timer.clone(),
            period,
            missed,
            sleep: timer.sleep(Duration::ZERO),
            before: Vec::new(),
        }
    }

    /// Waits for the next tick, and returns when it was due.
    pub async fn tick(&mut self) -> Duration {
        let again = self.timer.sleep_until(self.sleep.deadline());
        self.before.push(std::mem::replace(&mut self.sleep, again));
        poll_fn(|cx| {
            if Pin::new(&mut self.sleep).poll(cx).is_pending() {
                return Poll::Pending;
            }
            self.before.clear();
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
