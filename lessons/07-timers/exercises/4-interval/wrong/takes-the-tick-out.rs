//! Wrong: takes the next tick out of an `Option` while it waits.
//! Caught by: `a_cancelled_call_loses_no_tick`
//! Because: a call that is dropped has the tick, and takes it along.
//! Says: a call that is dropped must not take a tick along

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
        let due = match self.next.take() {
            Some(due) => due,
            None => self.timer.now().saturating_add(self.period),
        };
        self.timer.sleep_until(due).await;
        self.next = Some(self.after(due));
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
