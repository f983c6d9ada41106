//! Wrong: keeps a waker for every poll.
//! Caught by: `polling_again_keeps_no_second_waker`
//! Because: a task that has other things to do is polled often while the gate is closed. The list grows with every poll.
//! Says: 100 clones of the waker of one of them are kept

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
        Wait { state: Arc::clone(&self.state) }
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.lock().unwrap();
        if state.open {
            return Poll::Ready(());
        }
        state.waiting.push(cx.waker().clone());
        Poll::Pending
    }
}
