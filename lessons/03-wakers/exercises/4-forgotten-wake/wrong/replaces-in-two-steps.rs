//! Wrong: looks and registers in one step at the first poll, and in two at a later one.
//! Caught by: `in_no_order_is_the_task_that_polled_last_forgotten`
//! Because: the gate may be opened while the old waker is out of the list and the new one is not yet in it.
//! Says: Wakes of the first: 0, of the last: 0

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

/// What the gate and those who wait share.
#[derive(Default)]
struct State {
    open: bool,
    /// Whom to call when the gate is opened.
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
    /// The waker of the last poll.
    last: Option<Waker>,
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
        Wait { state: Arc::clone(&self.state), last: None }
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let shared = Arc::clone(&self.state);
        let mut state = shared.lock().unwrap();
        if state.open {
            return Poll::Ready(());
        }
        if let Some(last) = &self.last {
            let at = state.waiting.iter().position(|waker| waker.will_wake(last));
            let before = at.map(|at| state.waiting.swap_remove(at));
            // The waker before is dropped without the lock, and the new one comes in its place.
            drop(state);
            drop(before);
            state = shared.lock().unwrap();
        }
        state.waiting.push(cx.waker().clone());
        self.last = Some(cx.waker().clone());
        Poll::Pending
    }
}
