//! Right: no state enum and no common lock. The receiver registers first and looks afterwards, and
//!   the sender's drop does the waking.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::atomic::{AtomicBool, Ordering::SeqCst};
use crate::sync::{Arc, Mutex};

struct Shared<T> {
    value: Mutex<Option<T>>,
    wakers: Mutex<Vec<Waker>>,
    sender_gone: AtomicBool,
    receiver_gone: AtomicBool,
}

pub struct Sender<T>(Arc<Shared<T>>);

pub struct Receiver<T>(Arc<Shared<T>>);

#[derive(Debug)]
pub struct Closed;

pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        value: Mutex::new(None),
        wakers: Mutex::new(Vec::new()),
        sender_gone: AtomicBool::new(false),
        receiver_gone: AtomicBool::new(false),
    });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

impl<T> Sender<T> {
    pub fn send(self, value: T) -> Result<(), T> {
        if self.0.receiver_gone.load(SeqCst) {
            return Err(value);
        }
        *self.0.value.lock().unwrap() = Some(value);
        Ok(())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.sender_gone.store(true, SeqCst);
        let wakers = mem::take(&mut *self.0.wakers.lock().unwrap());
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, Closed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.wakers.lock().unwrap().push(cx.waker().clone());
        // In this order: a sender that is gone has already stored what it had to store.
        let sender_gone = self.0.sender_gone.load(SeqCst);
        match self.0.value.lock().unwrap().take() {
            Some(value) => Poll::Ready(Ok(value)),
            None if sender_gone => Poll::Ready(Err(Closed)),
            None => Poll::Pending,
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.0.receiver_gone.store(true, SeqCst);
    }
}
