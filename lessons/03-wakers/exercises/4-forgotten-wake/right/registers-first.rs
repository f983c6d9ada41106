//! Right: registers first and looks afterwards, with an atomic flag and a list under a lock of its
//!   own.

use std::collections::LinkedList;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::{Arc, RwLock};

#[derive(Default)]
struct State {
    open: AtomicBool,
    waiting: RwLock<LinkedList<Box<Waker>>>,
}

impl State {
    fn is_open(&self) -> bool {
        self.open.load(Ordering::SeqCst)
    }

    fn knows(&self, waker: &Waker) -> bool {
        self.waiting.read().unwrap().iter().any(|known| known.will_wake(waker))
    }

    fn call_all(&self) {
        loop {
            let next = self.waiting.write().unwrap().pop_back();
            let Some(waker) = next else { return };
            waker.wake();
        }
    }
}

/// A gate. It is closed at first, and once it has been opened, it stays open. Clones are the same
/// gate.
#[derive(Clone, Default)]
pub struct Gate {
    state: Arc<State>,
}

/// Waits until the gate is open.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Wait {
    state: Arc<State>,
}

impl Gate {
    /// A gate that is closed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens the gate, and wakes everyone who waits.
    pub fn open(&self) {
        self.state.open.store(true, Ordering::SeqCst);
        self.state.call_all();
    }

    /// A future that is ready once the gate is open.
    pub fn wait(&self) -> Wait {
        Wait { state: Arc::clone(&self.state) }
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if !self.state.is_open() && !self.state.knows(cx.waker()) {
            let waker = Box::new(cx.waker().clone());
            self.state.waiting.write().unwrap().push_front(waker);
        }
        // Registered first, looked afterwards: whoever opens either finds the waker or has been
        // seen.
        if self.state.is_open() { Poll::Ready(()) } else { Poll::Pending }
    }
}
