//! Which children of a set are worth a poll, and the task that waits for one of them.
//!
//! A child is *rung* from the wake until its poll begins, and it stands in the list once in that
//! time, however often it is woken. The flag is lowered before the poll: a wake that comes during
//! the poll raises it again, and the child is polled once more.
//!
//! The list holds the waker of the waiting task only while it is empty. Looking for a child and
//! leaving the waker is one step under one lock, so no wake falls between. Whoever rings a child
//! takes the waker out and calls it, after the lock was released.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};
use std::task::{Wake, Waker};

use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::{Mutex, PoisonError};

// ANCHOR: ready-list
/// The children that were woken, in the order in which they were.
#[derive(Default)]
pub(crate) struct ReadyList {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    keys: VecDeque<u64>,
    /// Who waits for the list to be filled. Nobody, unless it is empty.
    task: Option<Waker>,
}

impl ReadyList {
    /// Takes the first child out. If there is none, leaves `task`, to be woken when there is one.
    pub(crate) fn pop_or_register(&self, task: &Waker) -> Option<u64> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let key = state.keys.pop_front();
        let before = match key {
            Some(_) => None,
            // The last waker wins: the set may have moved to another task.
            None => state.task.replace(task.clone()),
        };
        drop(state);
        drop(before);
        key
    }

    /// Nobody waits any more.
    pub(crate) fn deregister(&self) {
        let task = self.state.lock().unwrap_or_else(PoisonError::into_inner).task.take();
        drop(task);
    }

    fn push(&self, key: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.keys.push_back(key);
        let task = state.task.take();
        drop(state);
        task.into_iter().for_each(Waker::wake);
    }
}
// ANCHOR_END: ready-list

// ANCHOR: bell
/// What a child's waker rings.
pub(crate) struct Bell {
    key: u64,
    rung: AtomicBool,
    /// Weak: a waker that outlives the set rings in vain, and keeps no task alive.
    list: Weak<ReadyList>,
}

impl Bell {
    pub(crate) fn new(key: u64, list: &Arc<ReadyList>) -> Self {
        Self { key, rung: AtomicBool::new(false), list: Arc::downgrade(list) }
    }

    pub(crate) fn ring(&self) {
        // A swap, not a store: of several who ring before one poll, one puts the child into the
        // list, and the poll sees what all of them did.
        let was_rung = self.rung.swap(true, Ordering::Release);
        if !was_rung && let Some(list) = self.list.upgrade() {
            list.push(self.key);
        }
    }

    /// To be called before the child is polled, not after.
    pub(crate) fn lower(&self) {
        self.rung.swap(false, Ordering::Acquire);
    }

    /// The child is no more. Whoever still has its waker rings in vain.
    pub(crate) fn retire(&self) {
        self.rung.store(true, Ordering::Relaxed);
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.ring();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.ring();
    }
}
// ANCHOR_END: bell
