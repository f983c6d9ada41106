//! Wrong: leaves the missed ticks out when the next one is asked for.
//! Caught by: `skip_counts_from_when_the_late_one_was_taken`
//! Because: what is missed depends then on how long the work for the late tick takes, and one that could have been taken late
//!   is left out with the others.
//! Says: Two calls at 45s returned [Pending, Pending]

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
    was_late: bool,
}

impl Interval {
    /// Starts to tick now. `period` is not zero.
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        Self { timer: timer.clone(), period, missed, next: timer.now(), was_late: false }
    }

    /// Waits for the next tick, and returns when it was due.
    pub async fn tick(&mut self) -> Duration {
        if std::mem::take(&mut self.was_late) {
            self.next = self.after(self.next);
        }
        self.timer.sleep_until(self.next).await;
        let due = self.next;
        let following = due.saturating_add(self.period);
        if self.missed == Missed::Skip && following <= self.timer.now() {
            self.was_late = true;
        } else {
            self.next = following;
        }
        due
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
