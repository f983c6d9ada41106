//! Wrong: looks at the note after the poll, too, and there forgets to drop the future.
//! Caught by: `in_no_order_is_an_abort_lost`
//! Because: a task has two ends here, and the second one comes only if the abort comes during a poll. Then what the future owns
//!   stays open.
//! Says: and its future is still there

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
    /// Asks for the end of the task.
    pub fn abort(&self) {
        self.shared.is_aborted.store(true, Ordering::SeqCst);
        let waker = self.shared.waker.lock().unwrap().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<F: Future> Future for Abortable<F> {
    type Output = Result<F::Output, Aborted>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let new = cx.waker().clone();
        let old = self.shared.waker.lock().unwrap().replace(new);
        drop(old);
        if self.shared.is_aborted.load(Ordering::SeqCst) {
            self.future = None;
            self.shared.waker.lock().unwrap().take();
            return Poll::Ready(Err(Aborted));
        }
        let future = self.future.as_mut().expect("polled after the end");
        let Poll::Ready(value) = future.as_mut().poll(cx) else {
            if self.shared.is_aborted.load(Ordering::SeqCst) {
                self.shared.waker.lock().unwrap().take();
                return Poll::Ready(Err(Aborted));
            }
            return Poll::Pending;
        };
        self.future = None;
        self.shared.waker.lock().unwrap().take();
        Poll::Ready(Ok(value))
    }
}
