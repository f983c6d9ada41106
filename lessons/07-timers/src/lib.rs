//! Sleeping is being in a data structure.
//!
//! A sleeping task is an entry in a queue of deadlines: when, and whom to call. Whoever runs the
//! loop sleeps until the first deadline and calls those that are due. No thread is needed for that,
//! however many sleep.
//!
//! | item | what it is |
//! | --- | --- |
//! | [`Clock`], [`RealClock`] | what time it is; `shared`'s virtual clock is one, too |
//! | [`TimerQueue`] | the entries, by deadline: a [`Heap`] or a [`Wheel`] |
//! | [`Timers`] | the driver: a [`Park`](executor::Park) that never sleeps beyond the next deadline |
//! | [`VirtualPark`] | a park for virtual time: it does not sleep, it moves the clock |
//! | [`Timer`] | the handle: [`sleep`](Timer::sleep), [`timeout`](Timer::timeout), [`interval`](Timer::interval) |
//!
//! ```
//! use std::time::Duration;
//! use executor::Executor;
//! use shared::narrate::VirtualClock;
//! use timers::{Timers, VirtualPark};
//!
//! let clock = VirtualClock::new();
//! let (timers, timer) = Timers::new(clock.clone(), VirtualPark::new(clock.clone()));
//! let executor = Executor::with_park(timers);
//!
//! // An hour passes in no time. With `RealClock` and `ThreadPark`, it takes an hour.
//! executor.block_on(timer.sleep(Duration::from_secs(3600)));
//! assert_eq!(clock.now(), Duration::from_secs(3600));
//! ```

mod clock;
mod driver;
mod heap;
mod interval;
mod park;
mod queue;
mod sleep;
mod timeout;
mod wheel;

pub use clock::{Clock, RealClock};
pub use driver::{Timer, Timers};
pub use heap::Heap;
pub use interval::{Interval, MissedTicks};
pub use park::VirtualPark;
pub use queue::{Key, TimerQueue};
pub use sleep::Sleep;
pub use timeout::{Elapsed, Timeout};
pub use wheel::Wheel;

// ANCHOR: seam
/// The lock that `driver` uses. A test puts a model checker's in its place, and tries every order.
mod sync {
    pub use std::sync::{Mutex, MutexGuard, PoisonError};
}
// ANCHOR_END: seam
