//! A clock that stands still until it is told to move.
//!
//! Programs and checks that are about time run on it, so that an hour passes in no time, in the
//! same order on every machine.

use crate::base::wake_all;
use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A clock whose time is moved by hand. Clones share the same time.
///
/// ```
/// use std::time::Duration;
/// use shared::narrate::VirtualClock;
/// use shared::probe::Bounded;
///
/// let clock = VirtualClock::new();
/// let hour = clock.sleep(Duration::from_secs(3600));
/// let report = Bounded::new().when_idle(|| clock.advance_to_next()).run(hour);
///
/// assert_eq!(report.polls, 2);
/// assert_eq!(clock.now(), Duration::from_secs(3600));
/// ```
#[derive(Clone, Default)]
pub struct VirtualClock {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    now: Duration,
    next_key: u64,
    // Keyed by deadline first: the first entry is the next to be due; those due together keep their
    // order.
    sleepers: BTreeMap<(Duration, u64), Waker>,
}

impl VirtualClock {
    /// Creates a clock that shows zero.
    pub fn new() -> Self {
        Self::default()
    }

    /// The time since the clock was made.
    pub fn now(&self) -> Duration {
        self.lock().now
    }

    /// How many sleeping futures wait on this clock.
    pub fn sleepers(&self) -> usize {
        self.lock().sleepers.len()
    }

    /// Moves the clock forward by `step` and wakes everyone who is due, the earliest deadline
    /// first.
    pub fn advance(&self, step: Duration) {
        let to = self.now().saturating_add(step);
        self.advance_to(to);
    }

    /// Moves the clock to the next deadline and wakes those who wait for it. Returns whether there
    /// was one.
    pub fn advance_to_next(&self) -> bool {
        let next = self.lock().sleepers.keys().next().map(|(deadline, _)| *deadline);
        if let Some(deadline) = next {
            self.advance_to(deadline);
        }
        next.is_some()
    }

    /// Returns a future that is ready once the clock has moved by `duration` from now.
    ///
    /// The deadline is fixed by this call, not by the first poll. A duration of zero is ready at
    /// once.
    ///
    /// *Cancellation:* dropping the future takes it off the clock.
    pub fn sleep(&self, duration: Duration) -> Sleep {
        let mut state = self.lock();
        state.next_key += 1;
        Sleep { clock: self.clone(), entry: (state.now.saturating_add(duration), state.next_key) }
    }

    fn advance_to(&self, time: Duration) {
        let mut state = self.lock();
        state.now = state.now.max(time);
        let last_due = (state.now, u64::MAX);
        let later = state.sleepers.split_off(&last_due);
        let due = std::mem::replace(&mut state.sleepers, later);
        // Wakers are called without the lock: what they run may come back to this clock.
        drop(state);
        wake_all(due.into_values());
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that may panic runs under the lock, so a poisoned state is a whole one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for VirtualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualClock")
            .field("now", &self.now())
            .field("sleepers", &self.sleepers())
            .finish()
    }
}

/// The future of [`VirtualClock::sleep`].
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Sleep {
    clock: VirtualClock,
    entry: (Duration, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.lock();
        let is_due = state.now >= self.entry.0;
        let before = if is_due {
            state.sleepers.remove(&self.entry)
        } else {
            // The newest waker counts: the future may have moved to another task since the last
            // poll.
            state.sleepers.insert(self.entry, cx.waker().clone())
        };
        // The waker of the poll before is dropped after the lock is released: its drop may run code
        // of ours or of others.
        drop(state);
        drop(before);
        if is_due { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let waker = self.clock.lock().sleepers.remove(&self.entry);
        // The waker is dropped after the lock is released: its drop may run code of ours or of
        // others.
        drop(waker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::WakerProbe;

    const SECOND: Duration = Duration::from_secs(1);

    fn poll(sleep: &mut Sleep, waker: &Waker) -> Poll<()> {
        Pin::new(sleep).poll(&mut Context::from_waker(waker))
    }

    #[test]
    fn time_stands_still_until_it_is_moved() {
        let clock = VirtualClock::new();
        assert_eq!(clock.now(), Duration::ZERO);
        clock.advance(SECOND);
        assert_eq!(clock.now(), SECOND);
    }

    #[test]
    fn a_sleeper_is_woken_at_its_deadline_and_not_before() {
        let (clock, probe) = (VirtualClock::new(), WakerProbe::new());
        let mut sleep = clock.sleep(2 * SECOND);
        assert!(poll(&mut sleep, &probe.waker()).is_pending());
        clock.advance(SECOND);
        assert_eq!(probe.wakes(), 0);
        clock.advance(SECOND);
        assert_eq!(probe.wakes(), 1);
        assert!(poll(&mut sleep, &probe.waker()).is_ready());
    }

    #[test]
    fn polling_again_replaces_the_waker() {
        let (clock, first, second) = (VirtualClock::new(), WakerProbe::new(), WakerProbe::new());
        let mut sleep = clock.sleep(SECOND);
        assert!(poll(&mut sleep, &first.waker()).is_pending());
        assert!(poll(&mut sleep, &second.waker()).is_pending());
        assert_eq!(clock.sleepers(), 1);
        clock.advance(SECOND);
        assert_eq!((first.wakes(), second.wakes()), (0, 1));
    }

    #[test]
    fn the_waker_before_may_come_back_to_the_clock_when_it_is_dropped() {
        /// A task that owns a sleep of its own on the same clock.
        struct Owner(#[expect(dead_code, reason = "owned, and dropped")] Sleep);
        impl std::task::Wake for Owner {
            fn wake(self: Arc<Self>) {}
        }
        let clock = VirtualClock::new();
        let mut sleep = clock.sleep(SECOND);
        let owner = Waker::from(Arc::new(Owner(clock.sleep(SECOND))));
        assert!(poll(&mut sleep, &owner).is_pending());
        drop(owner);
        assert!(poll(&mut sleep, Waker::noop()).is_pending());
    }

    #[test]
    fn the_end_of_all_time_can_be_slept_for() {
        let (clock, probe) = (VirtualClock::new(), WakerProbe::new());
        clock.advance(SECOND);
        let mut sleep = clock.sleep(Duration::MAX);
        assert!(poll(&mut sleep, &probe.waker()).is_pending());
        assert!(clock.advance_to_next());
        assert_eq!((clock.now(), probe.wakes()), (Duration::MAX, 1));
        assert!(poll(&mut sleep, Waker::noop()).is_ready());
    }

    #[test]
    fn a_dropped_sleeper_leaves_the_clock() {
        let clock = VirtualClock::new();
        let mut sleep = clock.sleep(SECOND);
        assert!(poll(&mut sleep, Waker::noop()).is_pending());
        drop(sleep);
        assert_eq!(clock.sleepers(), 0);
        assert!(!clock.advance_to_next());
    }

    #[test]
    fn zero_is_ready_at_once() {
        let clock = VirtualClock::new();
        assert!(poll(&mut clock.sleep(Duration::ZERO), Waker::noop()).is_ready());
    }

    #[test]
    fn the_next_deadline_wakes_everyone_who_waits_for_it() {
        let (clock, probe) = (VirtualClock::new(), WakerProbe::new());
        let mut sleeps = [clock.sleep(SECOND), clock.sleep(SECOND), clock.sleep(3 * SECOND)];
        for sleep in &mut sleeps {
            assert!(poll(sleep, &probe.waker()).is_pending());
        }
        assert!(clock.advance_to_next());
        assert_eq!((clock.now(), probe.wakes()), (SECOND, 2));
    }
}
