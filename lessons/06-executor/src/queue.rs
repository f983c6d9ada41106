//! Those who can go on, in the order in which they were woken.

use std::collections::VecDeque;
use std::task::Waker;

use crate::sync::{Mutex, MutexGuard, PoisonError};

// ANCHOR: run-queue
/// A first-in, first-out queue that any thread may push to, and one thread takes from.
pub(crate) struct RunQueue<T> {
    state: Mutex<State<T>>,
    /// Ends the sleep of the thread that takes.
    unparker: Waker,
}

struct State<T> {
    items: VecDeque<T>,
    /// The executor is gone: nobody will take anything any more.
    is_closed: bool,
}

impl<T> RunQueue<T> {
    pub(crate) fn new(unparker: Waker) -> Self {
        let state = Mutex::new(State { items: VecDeque::new(), is_closed: false });
        Self { state, unparker }
    }

    /// Puts `item` last and wakes the thread that takes. If the queue is closed, `item` is dropped.
    pub(crate) fn push(&self, item: T) {
        let mut state = self.lock();
        if !state.is_closed {
            state.items.push_back(item);
            // First the item, then the wake: a thread that wakes up to an empty queue sleeps again.
            drop(state);
            self.unparker.wake_by_ref();
        }
    }

    pub(crate) fn pop(&self) -> Option<T> {
        self.lock().items.pop_front()
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().items.len()
    }

    /// Takes no more items, and returns those that are left.
    pub(crate) fn close(&self) -> VecDeque<T> {
        let mut state = self.lock();
        state.is_closed = true;
        std::mem::take(&mut state.items)
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Nothing of ours panics under the lock, and no code of others runs under it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: run-queue
