//! A gate that is opened once, and at which many may wait.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

/// What the gate and those who wait share. The fields are a suggestion: change them if you like.
#[derive(Default)]
struct State {
    open: bool,
    /// Whom to call when the gate is opened.
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
        todo!("open the gate, and call those who wait")
    }

    /// A future that is ready once the gate is open.
    pub fn wait(&self) -> Wait {
        Wait { state: Arc::clone(&self.state) }
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        todo!("the gate is open, or it is closed: who has to know what?")
    }
}
