//! What a task is up to, as three bits that any thread may set.
//!
//! - `QUEUED`: it stands in the run queue, or is about to. Whoever sets this bit puts it there, so
//!   it stands there once.
//! - `ABORTED`: it is not to be polled any more. Never cleared.
//! - `DONE`: its future is gone. Never cleared; a wake does nothing any more.
//!
//! `QUEUED` is cleared by the executor, *before* it polls. So a wake that comes during the poll
//! sets it again and queues the task again, and is not lost.

use crate::sync::atomic::{AtomicU8, Ordering};

// ANCHOR: flags
const QUEUED: u8 = 1;
const ABORTED: u8 = 2;
const DONE: u8 = 4;

/// The three bits of one task.
#[derive(Debug)]
pub(crate) struct Flags(AtomicU8);

/// What the executor is to do with a task that it took from the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub(crate) enum Turn {
    Poll,
    Cancel,
    Nothing,
}

impl Flags {
    /// A new task is queued at once: its first poll comes without a wake.
    pub(crate) fn queued() -> Self {
        Self(AtomicU8::new(QUEUED))
    }

    /// Notes a wake. Returns whether the caller has to put the task into the queue.
    #[must_use]
    pub(crate) fn wake(&self) -> bool {
        self.set(QUEUED) & (QUEUED | DONE) == 0
    }

    /// Notes that the task is not wanted any more. Returns whether the caller has to put it into
    /// the queue: it is the executor that drops the future, on its own thread.
    #[must_use]
    pub(crate) fn abort(&self) -> bool {
        self.set(ABORTED | QUEUED) & (QUEUED | DONE) == 0
    }

    /// Begins the task's turn. From here on, a wake queues it again.
    pub(crate) fn begin(&self) -> Turn {
        // Acquire: what those did who called the waker is seen by the poll that follows.
        match self.0.fetch_and(!QUEUED, Ordering::AcqRel) {
            bits if bits & DONE != 0 => Turn::Nothing,
            bits if bits & ABORTED != 0 => Turn::Cancel,
            _ => Turn::Poll,
        }
    }

    /// Notes that the future is gone.
    pub(crate) fn finish(&self) {
        self.set(DONE);
    }

    pub(crate) fn is_done(&self) -> bool {
        self.0.load(Ordering::Acquire) & DONE != 0
    }

    /// Sets bits and returns those from before, in one step. It is a read, a change and a write
    /// even where the bit is set already: then the executor, which clears it, sees what this thread
    /// did before, too.
    fn set(&self, bits: u8) -> u8 {
        self.0.fetch_or(bits, Ordering::AcqRel)
    }
}
// ANCHOR_END: flags
