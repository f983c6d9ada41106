//! Wrong: looks for the value first, and then, in a second step, whether the sender is gone.
//! Caught by: `in_no_order_is_the_wake_lost`
//! Because: a sender that sends is gone right afterwards. If both happen between the two looks, the
//!   receiver takes a sent value for none.
//! Says: 7 was sent from another thread, and Err(Closed) arrived

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::{Arc, Mutex};

struct Shared<T> {
    value: Mutex<Option<T>>,
    waker: Mutex<Option<Waker>>,
    sender_gone: AtomicBool,
    receiver_gone: AtomicBool,
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
        value: Mutex::new(None),
        waker: Mutex::new(None),
        sender_gone: AtomicBool::new(false),
        receiver_gone: AtomicBool::new(false),
    });
    (Sender { shared: Arc::clone(&shared) }, Receiver { shared })
}

impl<T> Sender<T> {
    /// Sends the value, and wakes the receiver's task. Gives the value back if the receiver is
    /// gone.
    pub fn send(self, value: T) -> Result<(), T> {
        if self.shared.receiver_gone.load(Ordering::SeqCst) {
            return Err(value);
        }
        *self.shared.value.lock().unwrap() = Some(value);
        // The drop that follows wakes.
        Ok(())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.shared.sender_gone.store(true, Ordering::SeqCst);
        let waker = self.shared.waker.lock().unwrap().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, Closed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // Register first, look afterwards.
        *self.shared.waker.lock().unwrap() = Some(cx.waker().clone());
        let value = self.shared.value.lock().unwrap().take();
        if let Some(value) = value {
            return Poll::Ready(Ok(value));
        }
        if self.shared.sender_gone.load(Ordering::SeqCst) {
            return Poll::Ready(Err(Closed));
        }
        Poll::Pending
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.shared.receiver_gone.store(true, Ordering::SeqCst);
    }
}
