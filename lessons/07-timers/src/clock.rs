//! What time it is.

use std::time::{Duration, Instant};

use shared::narrate::VirtualClock;

// ANCHOR: clock
/// Tells the time, as the time that has passed since the clock's own start.
///
/// A moment is a `Duration` here and not an `Instant`, because an `Instant` can be had from the
/// system only, and a virtual clock has to make its own.
pub trait Clock: Send + Sync {
    /// The time since the start. It never goes back.
    fn now(&self) -> Duration;
}

/// The system's monotonic clock. It starts when it is made; clones share the start.
///
/// Whether it goes on while the machine is suspended is up to the system. On Linux and macOS it
/// stands still: after a night with the lid closed, a sleep has as long to go as before.
///
/// ```
/// use timers::{Clock, RealClock};
///
/// let clock = RealClock::new();
/// let before = clock.now();
/// assert!(clock.now() >= before);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RealClock {
    start: Instant,
}

impl RealClock {
    /// Makes a clock that shows zero now.
    #[allow(
        clippy::new_without_default,
        reason = "a default that depends on the time would surprise"
    )]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for RealClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Duration {
        VirtualClock::now(self)
    }
}
// ANCHOR_END: clock
