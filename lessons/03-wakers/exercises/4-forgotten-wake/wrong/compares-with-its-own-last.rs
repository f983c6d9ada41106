//! Wrong: each future compares the waker with that of its own last poll only.
//! Caught by: `tasks_that_take_turns_leave_no_second_waker`
//! Because: where two tasks poll it in turn, the last waker is never the same, and the list grows with every poll.
//! Says: 101 clones of the waker of one of them

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
        if !self.last.as_ref().is_some_and(|last| last.will_wake(cx.waker())) {
            state.waiting.push(cx.waker().clone());
            self.last = Some(cx.waker().clone());
        }
        Poll::Pending
    }
}
