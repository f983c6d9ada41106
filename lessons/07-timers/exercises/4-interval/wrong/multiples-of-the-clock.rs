//! Wrong: goes on with the next multiple of the period on the clock.
//! Caught by: `each_tick_comes_a_period_after_the_last`
//! Because: the ticks are multiples from the start on, and the start is anywhere.
//! Says: At 10.999999999s the task has been woken once, and the poll returned Ready(10s): that is early

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
        self.timer.sleep_until(self.next).await;
        let moment = self.next;
        self.next = match self.missed {
            Missed::Burst => moment.saturating_add(self.period),
            Missed::Skip => {
                let (now, period) = (self.timer.now().as_nanos(), self.period.as_nanos());
                let next = (now / period + 1) * period;
                Duration::new(
                    (next / 1_000_000_000).try_into().unwrap_or(u64::MAX),
                    (next % 1_000_000_000) as u32,
                )
            }
        };
        moment
    }
}
