//! Wrong: returns one overdue tick with Burst, and goes on after now.
//! Caught by: `two_ticks_may_come_in_one_poll`
//! Because: two ticks were due, and one was taken. The other is lost.
//! Says: its first poll returned Pending

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

    fn after(&self, due: Duration) -> Duration {
        let next = due.saturating_add(self.period);
        let now = self.timer.now();
        if next <= now {
            let beyond_the_last = (now - due).as_nanos() % self.period.as_nanos();
            let last = now - Duration::from_nanos_u128(beyond_the_last);
            return last.saturating_add(self.period);
        }
        match self.missed {
            Missed::Burst | Missed::Skip => next,
        }
    }
}
