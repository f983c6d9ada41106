//! Right: the result goes through a channel of the standard library, whose closing says that the
//!   task was dropped. A waker lies beside it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

/// Why a task has no result.
#[derive(Debug)]
pub enum JoinError {
    /// The task was dropped before its end.
    Cancelled,
    /// The future panicked, with this payload.
    Panicked(Box<dyn Any + Send>),
}

type Outcome<T> = Result<T, JoinError>;

/// What the executor polls.
pub struct Task<F: Future> {
    work: Option<(Pin<Box<F>>, SyncSender<Outcome<F::Output>>)>,
    bell: Arc<Mutex<Waker>>,
}

/// Waits for the result of a task.
pub struct JoinHandle<T> {
    receiver: Receiver<Outcome<T>>,
    bell: Arc<Mutex<Waker>>,
}

/// Splits `future` into a task and its handle.
pub fn split<F: Future>(future: F) -> (Task<F>, JoinHandle<F::Output>) {
    let (sender, receiver) = sync_channel(1);
    let bell = Arc::new(Mutex::new(Waker::noop().clone()));
    let task = Task { work: Some((Box::pin(future), sender)), bell: Arc::clone(&bell) };
    (task, JoinHandle { receiver, bell })
}

impl<F: Future> Task<F> {
    fn end(&mut self, outcome: Option<Outcome<F::Output>>) {
        let Some((future, sender)) = self.work.take() else { return };
        drop(future);
        if let Some(outcome) = outcome {
            let _ = sender.send(outcome);
        }
        drop(sender);
        let bell = std::mem::replace(&mut *self.bell.lock().unwrap(), Waker::noop().clone());
        bell.wake();
    }
}

impl<F: Future> Future for Task<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some((future, _)) = self.work.as_mut() else { return Poll::Ready(()) };
        let poll = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx).map(Ok)))
            .unwrap_or_else(|payload| Poll::Ready(Err(JoinError::Panicked(payload))));
        poll.map(|outcome| self.end(Some(outcome)))
    }
}

impl<F: Future> Drop for Task<F> {
    fn drop(&mut self) {
        self.end(None);
    }
}

impl<T> JoinHandle<T> {
    /// Puts another waker to the channel. The one before is dropped after the lock is released.
    fn hang(&self, waker: Waker) {
        let before = std::mem::replace(&mut *self.bell.lock().unwrap(), waker);
        drop(before);
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        self.hang(Waker::noop().clone());
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Outcome<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.hang(cx.waker().clone());
        match self.receiver.try_recv() {
            Ok(outcome) => Poll::Ready(outcome),
            Err(TryRecvError::Disconnected) => Poll::Ready(Err(JoinError::Cancelled)),
            Err(TryRecvError::Empty) => Poll::Pending,
        }
    }
}
