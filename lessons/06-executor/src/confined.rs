//! A value that only the thread sees that made it.

use std::mem::ManuallyDrop;
use std::thread::{self, ThreadId};

// ANCHOR: confined
/// Lets a value that must stay on its thread live inside something that does not.
///
/// A waker may go to any thread, and it owns its task; the task's future must not follow it there.
pub(crate) struct Confined<T> {
    thread: ThreadId,
    value: ManuallyDrop<T>,
}

// SAFETY: the value is reached through `get` and `drop` only, and both keep to the thread that made it.
unsafe impl<T> Send for Confined<T> {}
// SAFETY: as above; `thread` is never changed.
unsafe impl<T> Sync for Confined<T> {}

impl<T> Confined<T> {
    /// Confines `value` to the calling thread.
    pub(crate) fn new(value: T) -> Self {
        Self { thread: thread::current().id(), value: ManuallyDrop::new(value) }
    }

    /// The value.
    ///
    /// # Panics
    ///
    /// On any other thread than the one that made it.
    pub(crate) fn get(&self) -> &T {
        assert_eq!(thread::current().id(), self.thread, "a task's future stays on its thread");
        &self.value
    }
}

impl<T> Drop for Confined<T> {
    fn drop(&mut self) {
        // On another thread, the value is leaked. That does not happen to a task: its executor empties it first.
        if thread::current().id() == self.thread {
            // SAFETY: this runs once, nothing uses the value afterwards, and this is the thread that made it.
            unsafe { ManuallyDrop::drop(&mut self.value) };
        }
    }
}
// ANCHOR_END: confined
