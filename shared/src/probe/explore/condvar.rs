use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

use shuttle::sync::{Condvar as Inner, LockResult, PoisonError};
use shuttle::thread;

use super::locks::MutexGuard;

// All threads of an exploration run on one thread of the system.
thread_local! {
    /// Whether a wait of this order may still return for no reason.
    static MAY_SURPRISE: Cell<bool> = const { Cell::new(false) };
    /// How many threads of this order are not the scenario's, but end the waits of condition
    /// variables.
    static HELPERS: Cell<usize> = const { Cell::new(0) };
}

pub(super) fn clear() {
    MAY_SURPRISE.set(true);
    HELPERS.set(0);
}

pub(super) fn helpers() -> usize {
    HELPERS.get()
}

/// A condition variable with std's names. A wait may return although nobody notified, once in each
/// order.
///
/// ```should_panic
/// use shared::probe::explore::{every_order, sync::{Arc, Condvar, Mutex}, thread};
///
/// // Panics: a wait that has ended is no proof that the bell has rung.
/// every_order(|| {
///     let bell = Arc::new((Mutex::new(false), Condvar::new()));
///     let ringer = Arc::clone(&bell);
///     thread::spawn(move || {
///         *ringer.0.lock().unwrap() = true;
///         ringer.1.notify_one();
///     });
///     let mut rung = bell.0.lock().unwrap();
///     if !*rung {
///         rung = bell.1.wait(rung).unwrap();
///     }
///     assert!(*rung);
/// });
/// ```
#[derive(Debug, Default)]
pub struct Condvar {
    inner: Arc<Inner>,
}

/// Whether a wait ended because its time was over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Whether the time was over.
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// Makes a condition variable.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the lock back, waits for a notification, and takes the lock again.
    ///
    /// # Errors
    ///
    /// If the mutex is poisoned, as std's.
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        if MAY_SURPRISE.replace(false) {
            self.end_some_time();
        }
        guard.map(|guard| self.inner.wait(guard))
    }

    /// Waits as long as `condition` is true.
    ///
    /// # Errors
    ///
    /// If the mutex is poisoned, as std's.
    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// Waits for a notification, or until time is over: that may be at any moment.
    ///
    /// # Errors
    ///
    /// If the mutex is poisoned, as std's.
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        _duration: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let over = self.end_some_time();
        let result = || WaitTimeoutResult(over.load(SeqCst));
        match guard.map(|guard| self.inner.wait(guard)) {
            Ok(guard) => Ok((guard, result())),
            Err(poisoned) => Err(PoisonError::new((poisoned.into_inner(), result()))),
        }
    }

    /// Wakes one of those who wait.
    pub fn notify_one(&self) {
        self.inner.notify_one();
    }

    /// Wakes all who wait.
    pub fn notify_all(&self) {
        self.inner.notify_all();
    }

    /// Ends all waits at a moment that the explorer chooses. Returns whether that has happened.
    fn end_some_time(&self) -> Arc<AtomicBool> {
        let over = Arc::new(AtomicBool::new(false));
        let (inner, ends) = (Arc::clone(&self.inner), Arc::clone(&over));
        HELPERS.set(HELPERS.get() + 1);
        thread::spawn(move || {
            ends.store(true, SeqCst);
            inner.notify_all();
        });
        over
    }
}
