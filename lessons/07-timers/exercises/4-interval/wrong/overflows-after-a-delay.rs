//! Wrong: adds with `+` after a delay.
//! Caught by: `the_end_of_the_clock_is_no_reason_to_panic`
//! Because: the first moment after now may be more than a `Duration` can count.
//! Says: nobody came until a second before the end of the clock, and a call panicked

use std::time::Duration;

use timers::Timer;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    Burst,
    Skip,
}

#[derive(Debug)]
pub struct Interval {
    timer: Timer,
    period: Duration,
    missed: Missed,
    next: Duration,
}

impl Interval {
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        Self { timer: timer.clone(), period, missed, next: timer.now() }
    }

    pub async fn tick(&mut self) -> Duration {
        let moment = self.next;
        self.timer.sleep_until(moment).await;
        self.next = match self.missed {
            Missed::Burst => moment.saturating_add(self.period),
            Missed::Skip if self.timer.now() - moment < self.period => {
                moment.saturating_add(self.period)
            }
            Missed::Skip => {
                let now = self.timer.now();
                let late = (now - moment).as_nanos() % self.period.as_nanos();
                let late =
                    Duration::new((late / 1_000_000_000) as u64, (late % 1_000_000_000) as u32);
                now - late + self.period
            }
        };
        moment
    }
}
