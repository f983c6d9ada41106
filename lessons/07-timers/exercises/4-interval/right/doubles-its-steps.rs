//! Right: finds the next tick after a delay by doubling the period and adding, without a division.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use timers::{Sleep, Timer};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    Burst,
    Skip,
}

#[derive(Debug)]
pub struct Interval {
    timer: Timer,
    next: Duration,
    period: Duration,
    missed: Missed,
}

#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Tick<'a> {
    interval: &'a mut Interval,
    sleep: Sleep,
}

impl Interval {
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        Self { timer: timer.clone(), next: timer.now(), period, missed }
    }

    pub fn tick(&mut self) -> Tick<'_> {
        let wait = self.next.saturating_sub(self.timer.now());
        Tick { sleep: self.timer.sleep(wait), interval: self }
    }

    /// The first moment after `now`.
    fn after(&self, now: Duration) -> Duration {
        let mut next = self.next;
        let mut steps = vec![self.period];
        while let Some(twice) = steps.last().and_then(|step| step.checked_mul(2)) {
            steps.push(twice);
        }
        // The last moment up to now.
        for step in steps.into_iter().rev() {
            if let Some(later) = next.checked_add(step)
                && later <= now
            {
                next = later;
            }
        }
        next.saturating_add(self.period)
    }
}

impl Future for Tick<'_> {
    type Output = Duration;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Duration> {
        if Pin::new(&mut self.sleep).poll(cx).is_pending() {
            return Poll::Pending;
        }
        let moment = self.interval.next;
        self.interval.next = match self.interval.missed {
            Missed::Burst => moment.saturating_add(self.interval.period),
            Missed::Skip => self.interval.after(self.interval.timer.now()),
        };
        Poll::Ready(moment)
    }
}
