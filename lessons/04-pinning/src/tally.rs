//! What is counted about a future's polls.

use std::time::Duration;

/// What it took to get a future ready.
// ANCHOR: tally
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often it was polled.
    pub polls: u64,
    /// The time spent within those polls.
    pub busy: Duration,
    /// The time from the begin of the first poll to the end of the last.
    pub took: Duration,
}

/// A tally, and the clock that it is taken with.
pub(crate) struct Stopwatch<C> {
    clock: C,
    first: Option<Duration>,
    pub(crate) tally: Tally,
}

impl<C: FnMut() -> Duration> Stopwatch<C> {
    pub(crate) fn new(clock: C) -> Self {
        Self { clock, first: None, tally: Tally::default() }
    }

    /// Runs one poll, and adds it to the tally.
    pub(crate) fn time<T>(&mut self, poll: impl FnOnce() -> T) -> T {
        let begin = (self.clock)();
        let polled = poll();
        let end = (self.clock)();
        self.tally.polls += 1;
        self.tally.busy += end.saturating_sub(begin);
        self.tally.took = end.saturating_sub(*self.first.get_or_insert(begin));
        polled
    }
}
// ANCHOR_END: tally
