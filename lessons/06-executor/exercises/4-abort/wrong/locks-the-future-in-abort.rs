//! Wrong: looks in `abort` whether the future is still there, to do nothing after the end.
//! Caught by: `a_future_may_abort_itself`
//! Because: the future is locked while it is polled. One that aborts itself waits for its own poll to end.
//! Says: because the same thread has taken this lock

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
    is_over: Arc<dyn Fn() -> bool + Send + Sync>,
}

/// Makes `future` one that can be aborted by the handle.
pub fn abortable<F: Future + Send + 'static>(future: F) -> (Abortable<F>, AbortHandle) {
    let shared = Arc::new(Shared { is_aborted: AtomicBool::new(false), waker: Mutex::new(None) });
    let future: Slot<F> = Arc::new(Mutex::new(Some(Box::pin(future))));
    let task = Abortable { future: Arc::clone(&future), shared: Arc::clone(&shared) };
    let is_over = Arc::new(move || future.lock().unwrap().is_none());
    (task, AbortHandle { shared, is_over })
}

impl AbortHandle {
    /// Asks for the end of the task: its next poll drops the future instead of polling it.
    pub fn abort(&self) {
        self.shared.is_aborted.store(true, Ordering::SeqCst);
        if (self.is_over)() {
            return;
        }
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
