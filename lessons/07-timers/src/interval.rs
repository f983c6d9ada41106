//! The same wait again and again, without drifting.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::driver::Timer;
use crate::sleep::Sleep;

/// How late a tick may be taken without counting as missed. Every real loop is a little late, and
/// `Delay` would pass that on from tick to tick. A period that is shorter is its own tolerance: a
/// tick that is later than that has passed the next one.
const SLACK: Duration = Duration::from_millis(5);

// ANCHOR: interval
impl Timer {
    /// Returns something that ticks every `period`. The first tick is due now.
    ///
    /// # Panics
    ///
    /// If `period` is zero.
    ///
    /// ```
    /// use std::time::Duration;
    /// # use executor::Executor;
    /// # use shared::narrate::VirtualClock;
    /// # use timers::{Timers, VirtualPark};
    /// # let clock = VirtualClock::new();
    /// # let (timers, timer) = Timers::new(clock.clone(), VirtualPark::new(clock));
    /// # let executor = Executor::with_park(timers);
    /// let mut interval = timer.interval(Duration::from_secs(10));
    /// executor.block_on(async {
    ///     for seconds in [0, 10, 20] {
    ///         assert_eq!(interval.tick().await, Duration::from_secs(seconds));
    ///     }
    /// });
    /// ```
    pub fn interval(&self, period: Duration) -> Interval {
        assert!(!period.is_zero(), "an interval needs a period that is not zero");
        Interval {
            sleep: self.sleep(Duration::ZERO),
            timer: self.clone(),
            period,
            missed: MissedTicks::Burst,
        }
    }
}

/// Ticks in regular steps: see [`Timer::interval`].
#[derive(Debug)]
pub struct Interval {
    timer: Timer,
    /// Ends with the next tick.
    sleep: Sleep,
    period: Duration,
    missed: MissedTicks,
}

/// What an [`Interval`] does with the ticks for which nobody came in time.
///
/// A tick counts as missed if it is taken more than 5 ms after it was due, or more than a period
/// where that is shorter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissedTicks {
    /// They are made up for at once, one after another. No tick is lost, and the times stay
    /// multiples of the period.
    #[default]
    Burst,
    /// The next one comes a whole period after the late one. The times shift.
    Delay,
    /// They are left out. The next one comes at the next multiple of the period.
    Skip,
}

impl Interval {
    /// Sets what happens to missed ticks.
    #[must_use]
    pub fn with_missed_ticks(mut self, missed: MissedTicks) -> Self {
        self.missed = missed;
        self
    }

    /// Waits for the next tick, and returns when it was due, counted from the start of the clock.
    ///
    /// *Cancellation:* a tick that was not returned is not lost: the next call waits for it. The
    /// timer of the call that was dropped is taken out.
    pub async fn tick(&mut self) -> Duration {
        let wait = Wait(self);
        poll_fn(|cx| wait.0.poll_tick(cx)).await
    }

    /// As [`tick`](Interval::tick), for use in a `poll` by hand. The timer is set until the tick is
    /// taken, or the interval is dropped.
    pub fn poll_tick(&mut self, cx: &mut Context<'_>) -> Poll<Duration> {
        ready!(Pin::new(&mut self.sleep).poll(cx));
        let due = self.sleep.deadline();
        let next = self.next_after(due, self.timer.now());
        self.sleep = self.timer.sleep_until(next);
        Poll::Ready(due)
    }

    /// When the tick after the one that was `due` comes. It is counted from that one's deadline,
    /// and not from now: so the lateness of each does not add up.
    fn next_after(&self, due: Duration, now: Duration) -> Duration {
        let next = due.saturating_add(self.period);
        if now <= due.saturating_add(SLACK.min(self.period)) {
            return next;
        }
        match self.missed {
            MissedTicks::Burst => next,
            MissedTicks::Delay => now.saturating_add(self.period),
            MissedTicks::Skip => {
                let since_last = (now - due).as_nanos() % self.period.as_nanos();
                let to_next = self.period.as_nanos() - since_last;
                now.saturating_add(Duration::from_nanos_u128(to_next))
            }
        }
    }
}

/// A call of [`Interval::tick`]. It is over when this is dropped, and so is its timer.
struct Wait<'a>(&'a mut Interval);

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        self.0.sleep.cancel();
    }
}
// ANCHOR_END: interval
