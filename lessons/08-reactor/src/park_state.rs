//! Whether the thread sleeps in the kernel, and whether it was called.
//!
//! The three states are those of a thread's own `park`. EMPTY: the thread runs, and nobody has
//! called. PARKED: it sleeps, or is about to. NOTIFIED: somebody has called since it last looked.
//! Only the thread that parks leaves EMPTY for PARKED, and only it goes back to EMPTY; everybody
//! may move to NOTIFIED. Who moves there from PARKED, and nobody else, has to end the sleep.

use crate::sync::atomic::{AtomicU8, Ordering};

const EMPTY: u8 = 0;
const PARKED: u8 = 1;
const NOTIFIED: u8 = 2;

// ANCHOR: park-state
pub(crate) struct ParkState(AtomicU8);

impl ParkState {
    pub(crate) fn new() -> Self {
        Self(AtomicU8::new(EMPTY))
    }

    /// Calls `wait`, and tells it whether it may sleep: it must not if somebody has called already.
    /// Whoever was heard of when this returns counts as seen.
    pub(crate) fn park<T>(&self, may_sleep: bool, wait: impl FnOnce(bool) -> T) -> T {
        // Not a store: that would wipe out a call that came after the last look.
        let sleeps = may_sleep && self.exchange(EMPTY, PARKED);
        let waited = wait(sleeps);
        self.0.swap(EMPTY, Ordering::Acquire);
        waited
    }

    /// Calls the thread. `notify` must end its sleep, also one that begins only now; it is called
    /// if there is one to end.
    pub(crate) fn unpark(&self, notify: impl FnOnce()) {
        if self.0.swap(NOTIFIED, Ordering::Release) == PARKED {
            notify();
        }
    }

    fn exchange(&self, from: u8, to: u8) -> bool {
        self.0.compare_exchange(from, to, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }
}
// ANCHOR_END: park-state
