//! Wrong: a moment that the clock cannot count never comes.
//! Caught by: `the_end_of_the_clock_is_no_reason_to_panic`
//! Because: it is at the end of the clock, and the clock may get there.
//! Says: at the end of the clock

use std::time::Duration;

use timers::Timer;

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
    /// When the next tick is due. It is the start plus a whole number of periods.
    next: Option<Duration>,
}

impl Interval {
    /// Starts to tick now. `period` is not zero.
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        Self { timer: timer.clone(), period, missed, next: Some(timer.now()) }
    }

    /// Waits for the next tick, and returns when it was due.
    pub async fn tick(&mut self) -> Duration {
        let Some(next) = self.next else { return std::future::pending().await };
        self.timer.sleep_until(next).await;
        // Nothing was changed before, and nothing is awaited from here on: a call is cancelled either before it has taken
        // its tick, or not at all.
        let due = next;
        self.next = self.after(due);
        due
    }

    fn after(&self, due: Duration) -> Option<Duration> {
        let next = due.checked_add(self.period)?;
        let now = self.timer.now();
        match self.missed {
            Missed::Skip if next <= now => {
                let beyond_the_last = (now - due).as_nanos() % self.period.as_nanos();
                let last = now - Duration::from_nanos_u128(beyond_the_last);
                last.checked_add(self.period)
            }
            Missed::Burst | Missed::Skip => Some(next),
        }
    }
}
