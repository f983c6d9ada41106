//! Wrong: a future that is polled again leaves its place as it is if any waker in the list wakes the same task.
//! Caught by: `one_that_changes_its_task_leaves_word_of_its_own`
//! Because: that waker may be in the place of another future, and goes with it; in its own place there is still that of the task before.
//! Says: Nobody called the waker of A, which waits with the second future

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

/// What the gate and those who wait share.
#[derive(Default)]
struct State {
    open: bool,
    /// Whom to call when the gate is opened.
    waiting: Vec<Option<Waker>>,
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
    /// Where in `waiting` this one's waker is.
    index: Option<usize>,
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
        waiting.into_iter().flatten().for_each(Waker::wake);
    }

    /// A future that is ready once the gate is open.
    pub fn wait(&self) -> Wait {
        Wait { state: Arc::clone(&self.state), index: None }
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
        let is_known = state.waiting.iter().flatten().any(|waker| waker.will_wake(cx.waker()));
        match self.index {
            Some(_) if is_known => {}
            Some(index) => state.waiting[index] = Some(cx.waker().clone()),
            None => {
                self.index = Some(state.waiting.len());
                state.waiting.push(Some(cx.waker().clone()));
            }
        }
        Poll::Pending
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let mut state = self.state.lock().unwrap();
        if let Some(index) = self.index
            && let Some(place) = state.waiting.get_mut(index)
        {
            *place = None;
        }
    }
}
