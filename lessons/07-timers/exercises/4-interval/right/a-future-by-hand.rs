//! Right: `tick` is not an async function: it returns a future with a name, which borrows the
//!   interval.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use timers::{Sleep, Timer};

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

/// The future of [`Interval::tick`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Tick<'a> {
    interval: &'a mut Interval,
    sleep: Sleep,
}

impl Future for Tick<'_> {
    type Output = Duration;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Duration> {
        ready!(Pin::new(&mut self.sleep).poll(cx));
        let due = self.interval.next;
        self.interval.next = self.interval.after(due);
        Poll::Ready(due)
    }
}

impl Interval {
    /// Starts to tick now. `period` is not zero.
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        Self { timer: timer.clone(), period, missed, next: timer.now() }
    }

    /// Waits for the next tick, and returns when it was due.
    pub fn tick(&mut self) -> Tick<'_> {
        Tick { sleep: self.timer.sleep_until(self.next), interval: self }
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
