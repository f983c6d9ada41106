//! Wrong: drops the future within `abort`.
//! Caught by: `an_abort_ends_a_task_that_waits`
//! Because: the future belongs to whoever polls it. What it owns may have to stay on that thread, and the caller of `abort`
//!   did not ask to run its clean-up.
//! Says: `abort` dropped the future itself

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

/// Where a future is, until it is gone.
type Slot<F> = Arc<Mutex<Option<Pin<Box<F>>>>>;

/// A future that can be aborted.
pub struct Abortable<F> {
    future: Slot<F>,
    shared: Arc<Shared>,
}

/// Aborts a task. A clone aborts the same one.
#[derive(Clone)]
pub struct AbortHandle {
    shared: Arc<Shared>,
    drop_future: Arc<dyn Fn() + Send + Sync>,
}

/// Makes `future` one that can be aborted by the handle.
pub fn abortable<F: Future + Send + 'static>(future: F) -> (Abortable<F>, AbortHandle) {
    let shared = Arc::new(Shared { is_aborted: AtomicBool::new(false), waker: Mutex::new(None) });
    let future: Slot<F> = Arc::new(Mutex::new(Some(Box::pin(future))));
    let task = Abortable { future: Arc::clone(&future), shared: Arc::clone(&shared) };
    let drop_future = Arc::new(move || *future.lock().unwrap() = None);
    (task, AbortHandle { shared, drop_future })
}

impl AbortHandle {
    /// Asks for the end of the task: its next poll drops the future instead of polling it.
    pub fn abort(&self) {
        self.shared.is_aborted.store(true, Ordering::SeqCst);
        (self.drop_future)();
        let waker = self.shared.waker.lock().unwrap().take();
        waker.into_iter().for_each(Waker::wake);
    }
}

impl<F: Future> Future for Abortable<F> {
    type Output = Result<F::Output, Aborted>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // Register first, then look, then poll: an abort from here on finds this waker, also one that the future calls itself.
        let before = self.shared.waker.lock().unwrap().replace(cx.waker().clone());
        drop(before);
        if self.shared.is_aborted.load(Ordering::SeqCst) {
            *self.future.lock().unwrap() = None;
            return Poll::Ready(Err(Aborted));
        }
        let mut slot = self.future.lock().unwrap();
        let Some(future) = &mut *slot else { return Poll::Ready(Err(Aborted)) };
        future.as_mut().poll(cx).map(Ok)
    }
}
