//! Wrong: leaves its waker at the first poll, and never looks at the waker again.
//! Caught by: `a_waiter_is_woken_in_the_task_that_polled_last`
//! Because: a future may move to another task. The waker that it left wakes the task it came from.
//! Says: B polled last and waits, and its waker was not called (A's was)

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

/// A gate. It is closed at first, and once it has been opened, it stays open. Clones are the same gate.
#[derive(Clone, Default)]
pub struct Gate {
    state: Arc<Mutex<State>>,
}

/// Waits until the gate is open.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Wait {
    state: Arc<Mutex<State>>,
    registered: bool,
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
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }

    /// A future that is ready once the gate is open.
    pub fn wait(&self) -> Wait {
        Wait { state: Arc::clone(&self.state), registered: false }
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let state = self.state.lock().unwrap();
        if state.open {
            return Poll::Ready(());
        }
        drop(state);
        let this = self.get_mut();
        if !this.registered {
            this.registered = true;
            this.state.lock().unwrap().waiting.push(cx.waker().clone());
        }
        Poll::Pending
    }
}
