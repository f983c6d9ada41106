use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{RawWaker, RawWakerVTable, Waker};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

/// A waker that counts what is done with it.
///
/// ```
/// use shared::probe::WakerProbe;
///
/// let probe = WakerProbe::new();
/// let waker = probe.waker();
/// let copy = waker.clone();
/// copy.wake();
/// assert_eq!((probe.clones(), probe.wakes(), probe.drops()), (1, 1, 1));
/// drop(waker);
/// assert_eq!(probe.alive(), 0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct WakerProbe {
    shared: Arc<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    made: AtomicU64,
    clones: AtomicU64,
    drops: AtomicU64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    wakes: u64,
    wakes_from_own_poll: u64,
    woken: bool,
    polled_by: Option<ThreadId>,
}

/// How a wait for a wake ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waited {
    /// Somebody called the waker.
    Woken,
    /// The last clone was dropped: nobody is left to call it.
    Abandoned,
    /// Clones are alive, and none was called.
    TimedOut,
}

impl WakerProbe {
    /// Creates a probe that has counted nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a waker that reports to this probe. It does not count as a clone.
    pub fn waker(&self) -> Waker {
        self.shared.made.fetch_add(1, SeqCst);
        let data = Arc::into_raw(Arc::clone(&self.shared)).cast();
        // SAFETY: `data` is a reference to `Counts` of its own, which the waker owns from here on,
        // and `VTABLE` treats it as one: `clone` adds a reference, `wake` and `drop` give one back,
        // `wake_by_ref` does neither. `Counts` is Send + Sync.
        unsafe { Waker::from_raw(RawWaker::new(data, &VTABLE)) }
    }

    /// How often the waker was cloned.
    pub fn clones(&self) -> u64 {
        self.shared.clones.load(SeqCst)
    }

    /// How often the waker was called, by value or by reference.
    pub fn wakes(&self) -> u64 {
        self.shared.state().wakes
    }

    /// How many wakers are gone: dropped, or used up by a wake by value.
    pub fn drops(&self) -> u64 {
        self.shared.drops.load(SeqCst)
    }

    /// How many wakers (the ones that were made, and their clones) exist right now.
    pub fn alive(&self) -> u64 {
        self.shared.alive()
    }

    /// Returns whether the waker was called since the last call of this function.
    pub fn take_woken(&self) -> bool {
        std::mem::take(&mut self.shared.state().woken)
    }

    /// How many wakes came from within the poll that they were to follow: the future woke itself.
    pub(super) fn wakes_from_own_poll(&self) -> u64 {
        self.shared.state().wakes_from_own_poll
    }

    /// Runs a poll, so that wakes from within it can be told apart. The mark goes away in a panic,
    /// too.
    pub(super) fn during_poll<T>(&self, poll: impl FnOnce() -> T) -> T {
        struct Mark<'a>(&'a Counts);
        impl Drop for Mark<'_> {
            fn drop(&mut self) {
                self.0.state().polled_by = None;
            }
        }
        self.shared.state().polled_by = Some(thread::current().id());
        let _mark = Mark(&self.shared);
        poll()
    }

    /// Waits until the waker is called, at most for `limit`, and takes the wake. `spare` wakers are
    /// the runner's own.
    pub(super) fn wait(&self, limit: Duration, spare: u64) -> Waited {
        let start = Instant::now();
        let mut state = self.shared.state();
        loop {
            if std::mem::take(&mut state.woken) {
                return Waited::Woken;
            }
            if self.alive() <= spare {
                return Waited::Abandoned;
            }
            let left = limit.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Waited::TimedOut;
            }
            let waited = self.shared.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Counts {
    fn state(&self) -> MutexGuard<'_, State> {
        // No code that may panic runs under the lock, so a poisoned state is a whole one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn alive(&self) -> u64 {
        // Read in this order, a waker that comes or goes in between makes the result too large,
        // never negative.
        let drops = self.drops.load(SeqCst);
        self.made.load(SeqCst) + self.clones.load(SeqCst) - drops
    }

    fn count_wake(&self) {
        let mut state = self.state();
        state.wakes += 1;
        state.woken = true;
        if state.polled_by == Some(thread::current().id()) {
            state.wakes_from_own_poll += 1;
        }
        self.changed.notify_all();
    }

    fn count_drop(&self) {
        // Under the lock, so that it cannot fall between a waiter's look at the count and its going
        // to sleep.
        let _state = self.state();
        self.drops.fetch_add(1, SeqCst);
        self.changed.notify_all();
    }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the caller's waker owns a reference, so the counts are alive for this call.
    unsafe { &*data.cast::<Counts>() }.clones.fetch_add(1, SeqCst);
    // SAFETY: `data` came from `Arc::into_raw`, and the caller's reference keeps it alive; the new
    // one goes to the new waker.
    unsafe { Arc::increment_strong_count(data.cast::<Counts>()) };
    RawWaker::new(data, &VTABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: the waker is used up by this call and hands over the reference that it owns.
    let counts = unsafe { Arc::from_raw(data.cast::<Counts>()) };
    counts.count_wake();
    counts.count_drop();
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the caller's waker owns a reference, so the counts are alive for this call.
    unsafe { &*data.cast::<Counts>() }.count_wake();
}

unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker is dropped by this call and hands over the reference that it owns.
    let counts = unsafe { Arc::from_raw(data.cast::<Counts>()) };
    counts.count_drop();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_use_is_counted() {
        let probe = WakerProbe::new();
        let waker = probe.waker();
        waker.wake_by_ref();
        let copy = waker.clone();
        copy.wake();
        drop(waker.clone());
        assert_eq!((probe.clones(), probe.wakes(), probe.drops(), probe.alive()), (2, 2, 2, 1));
    }

    #[test]
    fn a_wake_is_taken_once() {
        let probe = WakerProbe::new();
        probe.waker().wake();
        assert!(probe.take_woken());
        assert!(!probe.take_woken());
    }

    #[test]
    fn clones_of_one_waker_wake_the_same_task() {
        let (probe, other) = (WakerProbe::new(), WakerProbe::new());
        let waker = probe.waker();
        assert!(waker.will_wake(&waker.clone()));
        assert!(!waker.will_wake(&other.waker()));
    }

    #[test]
    fn a_wait_ends_when_the_last_clone_is_dropped() {
        let probe = WakerProbe::new();
        let waker = probe.waker();
        thread::scope(|scope| {
            scope.spawn(|| drop(waker));
            assert_eq!(probe.wait(Duration::from_secs(60), 0), Waited::Abandoned);
        });
    }

    #[test]
    fn a_wake_from_another_thread_ends_the_wait() {
        let probe = WakerProbe::new();
        let (waker, _kept) = (probe.waker(), probe.waker());
        thread::scope(|scope| {
            scope.spawn(|| waker.wake());
            assert_eq!(probe.wait(Duration::from_secs(60), 0), Waited::Woken);
        });
    }
}
