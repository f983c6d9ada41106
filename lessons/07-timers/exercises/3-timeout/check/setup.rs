//! What the tests stand on: read `../check.rs` first.

use super::*;

pub const SECOND: Duration = Duration::from_secs(1);

pub const NANOSECOND: Duration = Duration::from_nanos(1);

/// Timers on a clock that is moved by hand.
pub struct World {
    pub(super) clock: VirtualClock,
    pub(super) timers: Timers<VirtualPark>,
    pub(super) timer: Timer,
}

impl World {
    /// Its clock shows `now`.
    pub fn at(now: Duration) -> Self {
        let clock = VirtualClock::new();
        clock.advance(now);
        let (timers, timer) = Timers::new(clock.clone(), VirtualPark::new(clock.clone()));
        Self { clock, timers, timer }
    }

    /// Time passes, and the driver does not get to look: somebody else has the thread.
    pub fn pass(&self, until: Duration) {
        self.clock.advance(until.saturating_sub(self.clock.now()));
    }

    /// Time passes. The driver calls everyone who is due on the way.
    pub fn advance_to(&self, until: Duration) {
        // Who is due already is called first, without any time passing.
        self.timers.park(Some(Duration::ZERO));
        while self.clock.now() < until {
            self.timers.park(Some(until - self.clock.now()));
        }
    }

    /// A task with a timeout, which was called now.
    pub fn timeout<'a, F: Future + 'a>(
        &'a self,
        duration: Duration,
        future: F,
    ) -> Task<'a, F::Output> {
        let future = Box::pin(timeout(&self.timer, duration, future));
        Task { future, task: WakerProbe::new() }
    }
}

/// A timeout, and the task that polls it.
pub struct Task<'a, T> {
    pub(super) future: Pin<Box<dyn Future<Output = Result<T, Elapsed>> + 'a>>,
    pub(super) task: WakerProbe,
}

impl<T> Task<'_, T> {
    pub(super) fn poll(&mut self) -> Poll<Result<T, Elapsed>> {
        self.poll_as(&self.task.clone())
    }

    pub(super) fn poll_as(&mut self, task: &WakerProbe) -> Poll<Result<T, Elapsed>> {
        self.future.as_mut().poll(&mut Context::from_waker(&task.waker()))
    }
}

/// Runs a scenario, and ends it in words if it does not return.
#[track_caller]
pub fn check(scenario: fn()) {
    if let Some(path) = uses(include_str!("../answer.rs"), &ELSEWHERE) {
        panic!("not tried, because the answer uses `{path}`: see the first check");
    }
    watchdog(2 * SECOND, "the timeout", scenario);
}

/// Where a timeout has nothing to look for.
pub const ELSEWHERE: [&str; 3] = ["std::thread", "std::time::Instant", "std::time::SystemTime"];
