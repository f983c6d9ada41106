//! Wrong: waits for a period, at each call.
//! Caught by: `work_between_the_ticks_does_not_add_up`
//! Because: a period that begins when the work is over is as long as the work and the pause together.
//! Says: the last work is over at 121s, and not at 94s

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
        Self { timer: timer.clone(), period, missed, next: Duration::ZERO }
    }

    /// Waits for the next tick, and returns when it was due.
    pub async fn tick(&mut self) -> Duration {
        if self.next.is_zero() {
            self.next = self.timer.now();
        } else {
            self.next = self.timer.now().saturating_add(self.period);
            self.timer.sleep(self.period).await;
        }
        self.next
    }
}
