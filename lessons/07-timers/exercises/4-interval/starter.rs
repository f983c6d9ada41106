//! Ticks in regular steps, without drifting.

use std::time::Duration;

// Timer::now() -> Duration
// Timer::sleep(duration) and Timer::sleep_until(deadline) -> Sleep, a future that is Unpin
use timers::{Sleep, Timer};

/// What becomes of the ticks for which nobody came in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// They come at once, one after another.
    Burst,
    /// One comes late, and the others are left out.
    Skip,
}

/// Ticks at its start, and every `period` after that. The fields are a suggestion: change them if
/// you like.
#[derive(Debug)]
pub struct Interval {
    timer: Timer,
    period: Duration,
    missed: Missed,
}

impl Interval {
    /// Starts to tick now. `period` is not zero.
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        todo!("what has to be known from the beginning?")
    }

    /// Waits for the next tick, and returns when it was due.
    pub async fn tick(&mut self) -> Duration {
        todo!("when is this one due, and when the next?")
    }
}
