//! A waker for a thread, by the `Wake` trait.

use std::sync::Arc;
use std::task::Wake;

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
        let is_mine = thread::current().id() == self.thread.id();
        assert!(is_mine, "a `Signal` can be waited for by the thread that made it only");
        while !self.raised.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}
// ANCHOR_END: signal

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
