//! Wrong: looks at the clock before it waits.
//! Caught by: `one_that_was_waited_for_may_be_late`
//! Because: after an await it may be any time later. What was missed meanwhile is not left out.
//! Says: What the clock showed before the wait is out of date when it ends

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
        let now = self.timer.now().max(moment);
        self.timer.sleep_until(moment).await;
        self.next = match self.missed {
            Missed::Burst => moment.saturating_add(self.period),
            Missed::Skip => {
                let late = (now - moment).as_nanos() % self.period.as_nanos();
                let late =
                    Duration::new((late / 1_000_000_000) as u64, (late % 1_000_000_000) as u32);
                (now - late).saturating_add(self.period)
            }
        };
        moment
    }
}
