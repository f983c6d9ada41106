//! Right: each future owns a cell for its waker, and the gate knows the cells weakly.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::{Arc, Mutex, Weak};

type Cell = Mutex<Option<Waker>>;

#[derive(Default)]
struct State {
    open: AtomicBool,
    /// One cell for each future that waits. It is the future's own, and goes away with it.
    cells: Mutex<Vec<Weak<Cell>>>,
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
    cell: Arc<Cell>,
}

impl Gate {
    /// A gate that is closed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens the gate, and wakes everyone who waits.
    pub fn open(&self) {
        self.state.open.store(true, Ordering::SeqCst);
        let cells = std::mem::take(&mut *self.state.cells.lock().unwrap());
        for cell in cells.iter().filter_map(Weak::upgrade) {
            let waker = cell.lock().unwrap().take();
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }

    /// A future that is ready once the gate is open.
    pub fn wait(&self) -> Wait {
        let cell = Arc::new(Cell::default());
        let mut cells = self.state.cells.lock().unwrap();
        cells.retain(|cell| cell.strong_count() > 0);
        cells.push(Arc::downgrade(&cell));
        Wait { state: Arc::clone(&self.state), cell }
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        *self.cell.lock().unwrap() = Some(cx.waker().clone());
        match self.state.open.load(Ordering::SeqCst) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }
}
