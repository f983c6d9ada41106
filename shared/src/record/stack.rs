//! Which tasks this thread is polling right now, the innermost last. Entered by the adapters, read
//! by everything else.

use std::cell::RefCell;

use super::TaskId;

thread_local! {
    static POLLING: RefCell<Vec<(u64, TaskId)>> = const { RefCell::new(Vec::new()) };
}

/// The innermost task of this recorder that this thread is polling.
pub(super) fn current(recorder: u64) -> Option<TaskId> {
    let innermost = |stack: &[(u64, TaskId)]| {
        let mut entries = stack.iter().rev();
        entries.find(|(owner, _)| *owner == recorder).map(|(_, task)| *task)
    };
    // A thread that is being torn down may still wake somebody; it polls nobody any more.
    POLLING.try_with(|stack| innermost(&stack.borrow())).ok().flatten()
}

/// Marks a task as being polled until this is dropped, in a panic as well.
pub(super) struct Entered;

impl Entered {
    pub(super) fn new(recorder: u64, task: TaskId) -> Option<Self> {
        POLLING.try_with(|stack| stack.borrow_mut().push((recorder, task))).ok().map(|()| Self)
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        // Polls nest, so the last one in is the one that ends.
        let _ = POLLING.try_with(|stack| stack.borrow_mut().pop());
    }
}
