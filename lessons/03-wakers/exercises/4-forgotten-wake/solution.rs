//! A gate that is opened once, and at which many may wait.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

/// What the gate and those who wait share.
#[derive(Default)]
struct State {
    open: bool,
    /// Whom to call when the gate is opened: each task once.
    waiting: Vec<Waker>,
}

/// A gate. It is closed at first, and once it has been opened, it stays open. Clones are the same
/// gate.
#[derive(Clone, Default)]
pub struct Gate {
    state: Arc<Mutex<State>>,
}

/// Waits until the gate is open.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Wait {
    state: Arc<Mutex<State>>,
}

impl Gate {
    /// A gate that is closed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens the gate, and wakes everyone who waits.
    pub fn open(&self) {
        let mut state = self.state.lock().unwrap();
        state.open = true;
        let waiting = mem::take(&mut state.waiting);
        // The lock is released first: what the wakers do is not ours to know. One of them may even
        // panic, and those behind it are to be woken all the same.
        drop(state);
        shared::wake_all(waiting);
    }

    /// A future that is ready once the gate is open.
    pub fn wait(&self) -> Wait {
        Wait { state: Arc::clone(&self.state) }
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // Look and register under one lock.
        let mut state = self.state.lock().unwrap();
        if state.open {
            return Poll::Ready(());
        }
        // A future that has moved to another task leaves the old one's waker here: that task is
        // polled once for nothing, which is allowed. To take it out again, each `Wait` would need a
        // place of its own.
        if !state.waiting.iter().any(|waker| waker.will_wake(cx.waker())) {
            state.waiting.push(cx.waker().clone());
        }
        Poll::Pending
    }
}
