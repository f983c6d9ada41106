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

// SAFETY: the value is reached through `get` and `drop` only, and both keep to the thread that made
// it.
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
        // On another thread, the value is leaked. That does not happen to a task: its executor
        // empties it first.
        if thread::current().id() == self.thread {
            // SAFETY: this runs once, nothing uses the value afterwards, and this is the thread
            // that made it.
            unsafe { ManuallyDrop::drop(&mut self.value) };
        }
    }
}
// ANCHOR_END: confined

#[cfg(test)]
mod tests {
    use std::rc::Rc;
    use std::thread;

    use super::*;

    #[test]
    fn on_its_own_thread_the_value_is_there_and_is_dropped() {
        let value = Rc::new(7);
        let confined = Confined::new(Rc::clone(&value));
        assert_eq!(**confined.get(), 7);
        drop(confined);
        assert_eq!(Rc::strong_count(&value), 1);
    }

    #[test]
    fn another_thread_is_refused_the_value() {
        let confined = Confined::new(Rc::new(7));
        thread::scope(|scope| {
            let refused = scope.spawn(|| **confined.get()).join().expect_err("it must panic");
            // `assert_eq` panics with a `String`.
            let words = refused.downcast_ref::<String>().expect("a panic with words");
            assert!(words.contains("a task's future stays on its thread"), "{words}");
        });
    }

    #[test]
    fn another_thread_does_not_drop_the_value() {
        let value = Rc::new(7);
        let confined = Confined::new(Rc::clone(&value));
        thread::spawn(move || drop(confined)).join().expect("it does not panic");
        assert_eq!(
            Rc::strong_count(&value),
            2,
            "a reference counted without a lock stays as it is"
        );
        // SAFETY: the reference that the other thread leaked is released, once, by the thread that
        // counts it.
        unsafe { Rc::decrement_strong_count(Rc::as_ptr(&value)) };
    }
}
