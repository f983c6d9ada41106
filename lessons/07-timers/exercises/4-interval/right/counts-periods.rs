//! Right: keeps the start and a count, and computes every tick from them.

use std::time::Duration;

use timers::Timer;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    Burst,
    Skip,
}

pub struct Interval {
    timer: Timer,
    start: Duration,
    period: u128,
    /// How many periods after the start the next tick is due.
    count: u128,
    missed: Missed,
}

impl Interval {
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        let (timer, start, period) = (timer.clone(), timer.now(), period.as_nanos());
        Self { timer, start, period, count: 0, missed }
    }

    pub async fn tick(&mut self) -> Duration {
        let after_start = self.count.saturating_mul(self.period).min(Duration::MAX.as_nanos());
        let due = self.start.saturating_add(Duration::from_nanos_u128(after_start));
        self.timer.sleep_until(due).await;
        self.count += 1;
        if self.missed == Missed::Skip {
            // As many as have begun, and at least one more than before.
            let begun = (self.timer.now() - self.start).as_nanos() / self.period + 1;
            self.count = self.count.max(begun);
        }
        due
    }
}
