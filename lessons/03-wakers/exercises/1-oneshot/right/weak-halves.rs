//! Right: each half knows that the other is gone by counting references, and the value is boxed.

use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Waker};

use crate::sync::Mutex;

struct Slot<T> {
    value: Option<Box<T>>,
    sender_here: bool,
    waker: Waker,
}

pub struct Sender<T>(Weak<Mutex<Slot<T>>>);

pub struct Receiver<T>(Arc<Mutex<Slot<T>>>);

#[derive(Debug)]
pub struct Closed;

pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let slot = Slot { value: None, sender_here: true, waker: Waker::noop().clone() };
    let slot = Arc::new(Mutex::new(slot));
    (Sender(Arc::downgrade(&slot)), Receiver(slot))
}

impl<T> Sender<T> {
    pub fn send(self, value: T) -> Result<(), T> {
        match self.0.upgrade() {
            Some(slot) => {
                slot.lock().unwrap().value = Some(Box::new(value));
                Ok(())
            }
            None => Err(value),
        }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        if let Some(slot) = self.0.upgrade() {
            let waker = {
                let mut slot = slot.lock().unwrap();
                slot.sender_here = false;
                slot.waker.clone()
            };
            waker.wake();
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, Closed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut slot = self.0.lock().unwrap();
        slot.waker.clone_from(cx.waker());
        if let Some(value) = slot.value.take() {
            return Poll::Ready(Ok(*value));
        }
        if slot.sender_here { Poll::Pending } else { Poll::Ready(Err(Closed)) }
    }
}
