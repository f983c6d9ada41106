//! A future that can be ended from anywhere.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, Ordering};

/// What the task and its handles share.
struct Shared {
    is_aborted: AtomicBool,
    /// That of the task that polled last.
    waker: Mutex<Option<Waker>>,
}

/// What whoever awaits an aborted task gets instead of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aborted;

/// A future that can be aborted.
pub struct Abortable<F> {
    /// `None` once it is gone.
    future: Option<Pin<Box<F>>>,
    shared: Arc<Shared>,
}

/// Aborts a task. A clone aborts the same one.
#[derive(Clone)]
pub struct AbortHandle {
    shared: Arc<Shared>,
}

/// Makes `future` one that can be aborted by the handle.
pub fn abortable<F: Future>(future: F) -> (Abortable<F>, AbortHandle) {
    let shared = Arc::new(Shared { is_aborted: AtomicBool::new(false), waker: Mutex::new(None) });
    let task = Abortable { future: Some(Box::pin(future)), shared: Arc::clone(&shared) };
    (task, AbortHandle { shared })
}

impl AbortHandle {
    /// Asks for the end of the task: its next poll drops the future instead of polling it.
    pub fn abort(&self) {
        // In this order: whoever is woken finds the note.
        self.shared.is_aborted.store(true, Ordering::SeqCst);
        let waker = self.shared.waker.lock().unwrap().take();
        waker.into_iter().for_each(Waker::wake);
    }
}

impl<F: Future> Future for Abortable<F> {
    type Output = Result<F::Output, Aborted>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // Register first, then look, then poll: an abort from here on finds this waker, also one
        // that the future calls itself.
        let before = self.shared.waker.lock().unwrap().replace(cx.waker().clone());
        drop(before);
        if self.shared.is_aborted.load(Ordering::SeqCst) {
            self.future = None;
            return Poll::Ready(Err(Aborted));
        }
        let future = self.future.as_mut().expect("it is not polled after the end");
        // What the future says counts, whatever has happened meanwhile.
        future.as_mut().poll(cx).map(Ok)
    }
}
