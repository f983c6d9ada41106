//! What the tests stand on: read `../check.rs` first.

use super::*;

pub const SECOND: Duration = Duration::from_secs(1);

pub const MILLISECOND: Duration = Duration::from_millis(1);

pub const NANOSECOND: Duration = Duration::from_nanos(1);

pub const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

pub const BOTH: [Missed; 2] = [Missed::Burst, Missed::Skip];

pub const fn secs(count: u64) -> Duration {
    Duration::from_secs(count)
}

pub fn name(missed: Missed) -> &'static str {
    match missed {
        Missed::Burst => "Burst",
        Missed::Skip => "Skip",
    }
}

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

    pub(super) fn interval(&self, period: Duration, missed: Missed) -> Interval {
        Interval::new(&self.timer, period, missed)
    }
}

/// Polls once.
pub fn poll<F: Future + ?Sized>(future: Pin<&mut F>, task: &WakerProbe) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(&task.waker()))
}

/// Asks for a tick, polls once, and drops the call.
pub fn ask(interval: &mut Interval) -> Poll<Duration> {
    poll(pin!(interval.tick()), &WakerProbe::new())
}

/// Asks so often for a tick that is there at the first poll.
pub fn ask_all(interval: &mut Interval, calls: usize) -> Vec<Poll<Duration>> {
    (0..calls).map(|_| ask(interval)).collect()
}

pub fn ready(ticks: &[u64]) -> Vec<Poll<Duration>> {
    ticks.iter().map(|at| Poll::Ready(secs(*at))).collect()
}

/// Runs a scenario, and ends it in words if it does not return.
#[track_caller]
pub fn check(scenario: fn()) {
    if let Some(path) = uses(include_str!("../answer.rs"), &ELSEWHERE) {
        panic!("not tried, because the answer uses `{path}`: see the first check");
    }
    watchdog(2 * SECOND, "the interval", scenario);
}

/// Where an interval has nothing to look for.
pub const ELSEWHERE: [&str; 3] = ["std::thread", "std::time::Instant", "std::time::SystemTime"];
