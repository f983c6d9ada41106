//! Wrong: keeps no waker, and has its task polled again and again to look at the note.
//! Caught by: `without_an_abort_nothing_changes`
//! Because: every abortable task keeps the processor busy while it waits.
//! Says: it is polled for nothing, again and again

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::sync::atomic::{AtomicBool, Ordering};

/// What the task and its handles share.
struct Shared {
    is_aborted: AtomicBool,
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
    let shared = Arc::new(Shared { is_aborted: AtomicBool::new(false) });
    let task = Abortable { future: Some(Box::pin(future)), shared: Arc::clone(&shared) };
    (task, AbortHandle { shared })
}

impl AbortHandle {
    /// Asks for the end of the task: its next poll drops the future instead of polling it.
    pub fn abort(&self) {
        self.shared.is_aborted.store(true, Ordering::SeqCst);
    }
}

impl<F: Future> Future for Abortable<F> {
    type Output = Result<F::Output, Aborted>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.shared.is_aborted.load(Ordering::SeqCst) {
            self.future = None;
            return Poll::Ready(Err(Aborted));
        }
        cx.waker().wake_by_ref();
        let future = self.future.as_mut().expect("it is not polled after the end");
        future.as_mut().poll(cx).map(Ok)
    }
}
