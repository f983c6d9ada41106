//! Wrong: counts the next tick from the moment at which this one was taken.
//! Caught by: `a_tick_that_is_taken_late_does_not_shift_the_next`
//! Because: each tick is a little late, and every delay is passed on to all that follow.
//! Says: If each tick is counted from the one before as it was taken, all delays add up

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
    next: Duration,
}

impl Interval {
    /// Starts to tick now. `period` is not zero.
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        Self { timer: timer.clone(), period, missed, next: timer.now() }
    }

    /// Waits for the next tick, and returns when it was due.
    pub async fn tick(&mut self) -> Duration {
        self.timer.sleep_until(self.next).await;
        // Nothing was changed before, and nothing is awaited from here on: a call is cancelled either before it has taken
        // its tick, or not at all.
        let due = self.next;
        self.next = self.after(due);
        due
    }

    fn after(&self, _due: Duration) -> Duration {
        let now = self.timer.now();
        match self.missed {
            Missed::Burst | Missed::Skip => now.saturating_add(self.period),
        }
    }
}
