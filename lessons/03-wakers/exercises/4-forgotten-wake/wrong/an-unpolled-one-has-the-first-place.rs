//! Wrong: a future has place 0 until its first poll gives it one of its own, and leaves its place when it is dropped.
//! Caught by: `one_that_was_never_polled_takes_nobody_along`
//! Because: the place of one that was never polled is that of whoever came first.
//! Says: two futures were dropped that nobody had polled

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
    index: usize,
    polled: bool,
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
        Wait { state: Arc::clone(&self.state), index: 0, polled: false }
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
        if !self.polled {
            self.polled = true;
            self.index = state.waiting.len();
            state.waiting.push(None);
        }
        state.waiting[self.index] = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let mut state = self.state.lock().unwrap();
        if let Some(place) = state.waiting.get_mut(self.index) {
            *place = None;
        }
    }
}
