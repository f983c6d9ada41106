//! A task's result, as a future.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use wakers::oneshot::Receiver;

use crate::error::JoinError;
use crate::foreign::shielded;
use crate::task::Runnable;

// ANCHOR: handle
/// Waits for a task, or aborts it.
///
/// It is a future of the task's result, and may be awaited on any thread, in any executor, if the
/// result may go there.
///
/// *Cancellation:* dropping the handle detaches the task, as [`detach`](JoinHandle::detach) does in
/// words: it runs on, and its result is dropped. To end the task, [`abort`](JoinHandle::abort) it.
/// If the drop of a result that nobody has taken panics, only the panic hook hears of it, whether
/// the handle or the task was gone first.
///
/// *Depth:* a result that owns the handle of a task whose result owns a handle, and so on, is
/// dropped by recursion, like any nested structure. On a thread of 2 MiB, in a debug build on Linux
/// (x86-64), 3,200 of them are; with more, the stack and so the process ends.
///
/// # Panics
///
/// If it is polled again after it was ready.
#[must_use = "dropping a handle detaches its task; to do that on purpose, write `handle.detach()`"]
pub struct JoinHandle<T> {
    task: Arc<dyn Runnable>,
    receiver: Option<Receiver<Result<T, JoinError>>>,
}

impl<T> JoinHandle<T> {
    pub(crate) fn new(task: Arc<dyn Runnable>, receiver: Receiver<Result<T, JoinError>>) -> Self {
        Self { task, receiver: Some(receiver) }
    }

    /// Asks for the task's end: it is not polled any more, and the executor drops its future in one
    /// of its next turns. Whoever awaits this handle then gets a [`JoinError`] that [is a
    /// cancellation](JoinError::is_cancelled).
    ///
    /// A task that is over stays as it is. A task that is being polled, because it aborts itself or
    /// another thread aborts it, is polled to the end of this poll; if that one is the last, its
    /// result counts.
    ///
    /// ```
    /// use executor::Executor;
    ///
    /// let executor = Executor::new();
    /// let task = executor.spawn(std::future::pending::<()>());
    /// task.abort();
    /// assert!(executor.block_on(task).unwrap_err().is_cancelled());
    /// ```
    pub fn abort(&self) {
        Arc::clone(&self.task).abort();
    }

    /// Lets the task run on by itself. Its result is dropped when it is there, and nobody hears of
    /// a panic but the panic hook.
    ///
    /// ```
    /// use executor::Executor;
    ///
    /// let executor = Executor::new();
    /// executor.spawn(async { println!("nobody waits for this") }).detach();
    /// executor.run();
    /// ```
    pub fn detach(self) {
        drop(self);
    }

    /// Whether the task is over: its future is gone, and its result is there, or has been taken
    /// already.
    ///
    /// An answer of `false` may be out of date by the time it is read, if the task runs on another
    /// thread.
    pub fn is_finished(&self) -> bool {
        self.receiver.is_none() || self.task.is_done()
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let receiver =
            self.receiver.as_mut().expect("a `JoinHandle` was polled after it was ready");
        let Poll::Ready(received) = Pin::new(receiver).poll(cx) else { return Poll::Pending };
        self.receiver = None;
        // A task says how it ended before it goes, so the channel is not closed. If it were, there
        // would be no result.
        Poll::Ready(received.unwrap_or_else(|_| Err(JoinError::cancelled(self.task.name()))))
    }
}
// ANCHOR_END: handle

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        // A result that is there goes with its receiver. The task would shield that drop, had the
        // handle gone before it.
        shielded(|| drop(self.receiver.take()));
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.is_finished() { "finished" } else { "running" };
        write!(f, "JoinHandle({}, {state})", self.task.name())
    }
}
