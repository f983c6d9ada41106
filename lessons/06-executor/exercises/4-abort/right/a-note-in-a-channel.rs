//! Right: an abort is a note in a channel, which is empty as long as nobody aborts. The waker lies
//!   beside it, and those who abort only read it.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::sync::mpsc::{Receiver, Sender, channel};
use crate::sync::{Mutex, RwLock};

/// What whoever awaits an aborted task gets instead of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aborted;

type Bell = Arc<RwLock<Waker>>;

/// A future that can be aborted.
pub struct Abortable<F> {
    future: Option<Pin<Box<F>>>,
    notes: Receiver<Aborted>,
    bell: Bell,
}

/// Aborts a task. A clone aborts the same one.
#[derive(Clone)]
pub struct AbortHandle {
    sender: Arc<Mutex<Sender<Aborted>>>,
    bell: Bell,
}

/// Makes `future` one that can be aborted by the handle.
pub fn abortable<F: Future>(future: F) -> (Abortable<F>, AbortHandle) {
    let (sender, notes) = channel();
    let bell = Arc::new(RwLock::new(Waker::noop().clone()));
    let handle = AbortHandle { sender: Arc::new(Mutex::new(sender)), bell: Arc::clone(&bell) };
    (Abortable { future: Some(Box::pin(future)), notes, bell }, handle)
}

impl AbortHandle {
    /// Asks for the end of the task.
    pub fn abort(&self) {
        if self.sender.lock().unwrap().send(Aborted).is_err() {
            return;
        }
        let waker = self.bell.read().unwrap().clone();
        waker.wake();
    }
}

impl<F> Abortable<F> {
    fn set_bell(&self, waker: Waker) {
        let old = std::mem::replace(&mut *self.bell.write().unwrap(), waker);
        drop(old);
    }
}

impl<F: Future> Future for Abortable<F> {
    type Output = Result<F::Output, Aborted>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.set_bell(cx.waker().clone());
        let end = match self.notes.try_recv() {
            Ok(aborted) => Err(aborted),
            Err(_) => match self.future.as_mut().expect("polled after the end").as_mut().poll(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(value) => Ok(value),
            },
        };
        drop(self.future.take());
        self.set_bell(Waker::noop().clone());
        Poll::Ready(end)
    }
}
