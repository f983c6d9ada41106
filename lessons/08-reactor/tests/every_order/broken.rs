//! Variants of the park state with one mistake each. The explorer must find an order in which it
//! shows.

use crate::sync::atomic::{AtomicU8, Ordering::SeqCst};

/// What a loop and those who call it need of a park state.
pub trait Unparker {
    fn new() -> Self;
    fn park(&self, may_sleep: bool, wait: impl FnOnce(bool));
    fn unpark(&self, notify: impl FnOnce());
}

const EMPTY: u8 = 0;
const PARKED: u8 = 1;
const NOTIFIED: u8 = 2;

/// Goes to sleep whatever the state says: a call that came before is wiped out.
pub struct StoresParked(AtomicU8);

impl Unparker for StoresParked {
    fn new() -> Self {
        Self(AtomicU8::new(EMPTY))
    }

    fn park(&self, may_sleep: bool, wait: impl FnOnce(bool)) {
        if may_sleep {
            self.0.store(PARKED, SeqCst);
        }
        wait(may_sleep);
        self.0.swap(EMPTY, SeqCst);
    }

    fn unpark(&self, notify: impl FnOnce()) {
        if self.0.swap(NOTIFIED, SeqCst) == PARKED {
            notify();
        }
    }
}

/// The caller looks whether the loop sleeps, and notes its call in a second step. In between, the
/// loop may have gone to sleep.
pub struct LooksThenStores(AtomicU8);

impl Unparker for LooksThenStores {
    fn new() -> Self {
        Self(AtomicU8::new(EMPTY))
    }

    fn park(&self, may_sleep: bool, wait: impl FnOnce(bool)) {
        let sleeps = may_sleep && self.0.compare_exchange(EMPTY, PARKED, SeqCst, SeqCst).is_ok();
        wait(sleeps);
        self.0.swap(EMPTY, SeqCst);
    }

    fn unpark(&self, notify: impl FnOnce()) {
        let state = self.0.load(SeqCst);
        self.0.store(NOTIFIED, SeqCst);
        if state == PARKED {
            notify();
        }
    }
}

/// Calls only a loop that sleeps, and leaves no trace for one that is about to.
pub struct RemembersNothing(AtomicU8);

impl Unparker for RemembersNothing {
    fn new() -> Self {
        Self(AtomicU8::new(EMPTY))
    }

    fn park(&self, may_sleep: bool, wait: impl FnOnce(bool)) {
        if may_sleep {
            self.0.store(PARKED, SeqCst);
        }
        wait(may_sleep);
        self.0.store(EMPTY, SeqCst);
    }

    fn unpark(&self, notify: impl FnOnce()) {
        if self.0.load(SeqCst) == PARKED {
            notify();
        }
    }
}

/// Lowers the flag as it goes to sleep, and not after it: what was called since the last look at
/// the queue is forgotten.
pub struct ForgetsBeforeTheSleep(AtomicU8);

impl Unparker for ForgetsBeforeTheSleep {
    fn new() -> Self {
        Self(AtomicU8::new(EMPTY))
    }

    fn park(&self, may_sleep: bool, wait: impl FnOnce(bool)) {
        self.0.swap(EMPTY, SeqCst);
        let sleeps = may_sleep && self.0.compare_exchange(EMPTY, PARKED, SeqCst, SeqCst).is_ok();
        wait(sleeps);
    }

    fn unpark(&self, notify: impl FnOnce()) {
        if self.0.swap(NOTIFIED, SeqCst) == PARKED {
            notify();
        }
    }
}
