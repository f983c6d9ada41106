//! An executor whose time is virtual.

use executor::Executor;
use shared::narrate::VirtualClock;
use std::time::Duration;
use timers::{Timer, TimerQueue, Timers, VirtualPark};

pub const SECOND: Duration = Duration::from_secs(1);

pub struct World {
    pub clock: VirtualClock,
    pub timer: Timer,
    pub executor: Executor,
}

/// An executor that moves the clock instead of sleeping, and keeps its timers in `queue`.
pub fn world(queue: impl TimerQueue + 'static) -> World {
    let clock = VirtualClock::new();
    let park = VirtualPark::new(clock.clone());
    let (timers, timer) = Timers::with_queue(queue, clock.clone(), park);
    World { clock, timer, executor: Executor::with_park(timers) }
}
