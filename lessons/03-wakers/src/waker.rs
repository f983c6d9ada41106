//! A waker for a thread, by the `Wake` trait.

use std::sync::Arc;
use std::task::Wake;
use std::time::{Duration, Instant};

use crate::sync::atomic::{AtomicBool, Ordering};
use crate::thread::{self, Thread};

/// A wake that is remembered until its thread has seen it.
///
/// A signal belongs to the thread that made it. Any thread may [`raise`](Signal::raise) it; its own
/// thread [`wait`](Signal::wait)s for it. A signal that is raised several times before the wait
/// counts once.
///
/// An `Arc<Signal>` turns into a [`Waker`](std::task::Waker), because `Signal` implements [`Wake`].
///
/// ```
/// use std::sync::Arc;
/// use std::task::Waker;
/// use wakers::Signal;
///
/// let signal = Arc::new(Signal::new());
/// let waker = Waker::from(Arc::clone(&signal));
/// waker.wake(); // Nobody waits yet.
/// signal.wait(); // Returns at once: the wake was remembered.
/// ```
// ANCHOR: signal
#[derive(Debug)]
pub struct Signal {
    thread: Thread,
    raised: AtomicBool,
}

impl Signal {
    /// Makes a signal for the calling thread.
    #[allow(
        clippy::new_without_default,
        reason = "a default that depends on the thread would surprise"
    )]
    pub fn new() -> Self {
        Self { thread: thread::current(), raised: AtomicBool::new(false) }
    }

    /// Raises the signal, and ends its thread's sleep. What this thread did before is seen by the
    /// other after its wait.
    pub fn raise(&self) {
        // A swap, not a store: if two threads raise the signal before one wait, the wait sees what
        // both of them did.
        let was_raised = self.raised.swap(true, Ordering::Release);
        if !was_raised {
            self.thread.unpark();
        }
    }

    /// Sleeps until the signal is raised, and lowers it. Returns at once if it is raised already.
    ///
    /// Only the signal counts. The thread may be unparked by somebody else, or `park` may return
    /// for no reason: both send it back to sleep.
    ///
    /// # Panics
    ///
    /// If it is called on another thread than the one that made the signal: nobody would end that
    /// sleep.
    pub fn wait(&self) {
        self.assert_mine();
        while !self.lower() {
            thread::park();
        }
    }

    /// Lowers the signal, and returns whether it was raised. It does not sleep.
    fn lower(&self) -> bool {
        self.raised.swap(false, Ordering::Acquire)
    }

    fn assert_mine(&self) {
        let is_mine = thread::current().id() == self.thread.id();
        assert!(is_mine, "a `Signal` can be waited for by the thread that made it only");
    }
}
// ANCHOR_END: signal

impl Signal {
    /// Sleeps until the signal is raised, and lowers it, but no longer than `limit`. Returns
    /// whether it was raised.
    ///
    /// With a limit of zero, it only looks.
    ///
    /// # Panics
    ///
    /// As [`wait`](Signal::wait) does.
    ///
    /// ```
    /// use std::time::Duration;
    /// use wakers::Signal;
    ///
    /// let signal = Signal::new();
    /// assert!(!signal.wait_for(Duration::from_millis(1)));
    /// signal.raise();
    /// assert!(signal.wait_for(Duration::MAX));
    /// ```
    // ANCHOR: wait-for
    pub fn wait_for(&self, limit: Duration) -> bool {
        self.assert_mine();
        let start = Instant::now();
        while !self.lower() {
            let left = limit.saturating_sub(start.elapsed());
            if left.is_zero() {
                return false;
            }
            thread::park_timeout(left);
        }
        true
    }
    // ANCHOR_END: wait-for
}

// ANCHOR: wake
impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.raise();
    }

    // Without this one, a wake by reference would clone the `Arc` in order to give it to `wake`.
    fn wake_by_ref(self: &Arc<Self>) {
        self.raise();
    }
}
// ANCHOR_END: wake
