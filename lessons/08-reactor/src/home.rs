//! The runtime that a reactor was made for, and whether it can wake anybody now.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, ThreadId};

use executor::{ExecutorId, running};

// ANCHOR: home
/// A runtime stays on its thread. So while another executor runs on that thread, it does not, and
/// nobody looks for its events.
#[derive(Debug)]
pub(crate) struct Home {
    executor: ExecutorId,
    thread: ThreadId,
    is_gone: AtomicBool,
}

impl Home {
    /// That of a runtime of this thread.
    pub(crate) fn new(executor: ExecutorId) -> Self {
        Self { executor, thread: thread::current().id(), is_gone: AtomicBool::new(false) }
    }

    /// The runtime has been dropped.
    pub(crate) fn leave(&self) {
        self.is_gone.store(true, Relaxed);
    }

    /// Somebody is about to wait.
    ///
    /// # Panics
    ///
    /// If an executor runs on this thread that is not the runtime's, and the runtime is gone, or at
    /// home on this thread. Outside of any executor, a poll by hand is fine.
    pub(crate) fn assert_that_it_can_wake(&self) {
        if running().is_none_or(|running| running == self.executor) {
            return;
        }
        assert!(
            !self.is_gone.load(Relaxed),
            "this socket belongs to a runtime that has been dropped: nobody would wake the task that waits for it"
        );
        assert!(
            self.thread != thread::current().id(),
            "this socket belongs to another runtime of this thread, which does not run while this one does: \
             nobody would wake the task that waits for it"
        );
    }
}
// ANCHOR_END: home
