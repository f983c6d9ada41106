//! Right: the value is behind an atomic pointer, the receiver registers and looks then, and what
//!   the halves share frees what is left.

use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll, Waker};

use crate::sync::atomic::{AtomicBool, AtomicPtr, Ordering::SeqCst};
use crate::sync::{Arc, Mutex};

/// What the halves share.
struct Shared<T> {
    /// A box's pointer, or null.
    value: AtomicPtr<T>,
    sender_is_gone: AtomicBool,
    receiver_is_gone: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

/// The half that sends.
pub struct Sender<T> {
    shared: Arc<Shared<T>>,
}

/// The half that waits.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Receiver<T> {
    shared: Arc<Shared<T>>,
}

/// What the receiver gets if the sender was dropped without sending.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed;

/// Makes a channel for one value.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        value: AtomicPtr::new(ptr::null_mut()),
        sender_is_gone: AtomicBool::new(false),
        receiver_is_gone: AtomicBool::new(false),
        waker: Mutex::new(None),
    });
    (Sender { shared: Arc::clone(&shared) }, Receiver { shared })
}

impl<T> Shared<T> {
    fn take(&self) -> Option<T> {
        let value = self.value.swap(ptr::null_mut(), SeqCst);
        // SAFETY: it came from a box, and whoever takes it leaves null.
        (!value.is_null()).then(|| *unsafe { Box::from_raw(value) })
    }
}

impl<T> Drop for Shared<T> {
    fn drop(&mut self) {
        drop(self.take());
    }
}

impl<T> Sender<T> {
    /// Sends the value. Its `drop` wakes the receiver's task.
    pub fn send(self, value: T) -> Result<(), T> {
        if self.shared.receiver_is_gone.load(SeqCst) {
            return Err(value);
        }
        self.shared.value.store(Box::into_raw(Box::new(value)), SeqCst);
        Ok(())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.shared.sender_is_gone.store(true, SeqCst);
        let waker = self.shared.waker.lock().unwrap().take();
        waker.into_iter().for_each(Waker::wake);
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, Closed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        *self.shared.waker.lock().unwrap() = Some(cx.waker().clone());
        if self.shared.sender_is_gone.load(SeqCst) {
            return Poll::Ready(self.shared.take().ok_or(Closed));
        }
        Poll::Pending
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.shared.receiver_is_gone.store(true, SeqCst);
    }
}
