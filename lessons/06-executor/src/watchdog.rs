//! Says which task keeps the thread for too long.

use std::fmt;
use std::time::{Duration, Instant};

// ANCHOR: watchdog
/// Measures each poll, and reports those that take longer than they should.
///
/// A single poll is what counts: a task that is polled often and briefly shares the thread well,
/// and one that waits is not polled at all. The report comes when the poll is over: nobody can
/// interrupt it.
pub struct Watchdog {
    limit: Duration,
    now: Box<dyn Fn() -> Duration>,
    report: Box<dyn FnMut(SlowPoll<'_>)>,
}

/// One poll that took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlowPoll<'a> {
    /// The task's name; for a task that was spawned without one, the place in the source where that
    /// was.
    pub task: &'a str,
    /// How long this one poll took.
    pub took: Duration,
}

impl Watchdog {
    /// Makes a watchdog that calls `report` for each poll that takes longer than `limit`.
    ///
    /// A report may spawn tasks. If it panics, the panic goes up through the `block_on` or `run`
    /// that polled, and the executor can be used again afterwards.
    pub fn new(limit: Duration, report: impl FnMut(SlowPoll<'_>) + 'static) -> Self {
        let start = Instant::now();
        Self { limit, now: Box::new(move || start.elapsed()), report: Box::new(report) }
    }

    /// Reads the time from `now` instead, which gives the time that has passed since some fixed
    /// moment.
    pub fn with_clock(mut self, now: impl Fn() -> Duration + 'static) -> Self {
        self.now = Box::new(now);
        self
    }

    pub(crate) fn start(&self) -> Duration {
        (self.now)()
    }

    pub(crate) fn stop(&mut self, started: Duration, task: &dyn fmt::Display) {
        let took = (self.now)().saturating_sub(started);
        if took > self.limit {
            (self.report)(SlowPoll { task: &task.to_string(), took });
        }
    }
}
// ANCHOR_END: watchdog

impl fmt::Display for SlowPoll<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one poll of {} took {:?}", self.task, self.took)
    }
}

impl fmt::Debug for Watchdog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watchdog").field("limit", &self.limit).finish_non_exhaustive()
    }
}
