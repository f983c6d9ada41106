//! Wrong: takes the count of the `Arc` for the number of halves that are left.
//! Caught by: `in_no_order_does_a_dropped_sender_leave_the_receiver_waiting`
//! Because: `drop` runs before the fields are dropped. The receiver is woken while the sender's
//!   reference still counts, finds it, and registers again.
//! Says: the sender is being dropped; its waker is called; the future is polled; it returns Pending

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

struct State<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

/// The half that sends.
pub struct Sender<T> {
    state: Arc<Mutex<State<T>>>,
}

/// The half that waits.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Receiver<T> {
    state: Arc<Mutex<State<T>>>,
}

/// What the receiver gets if the sender was dropped without sending.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed;

/// Makes a channel for one value.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let state = Arc::new(Mutex::new(State { value: None, waker: None }));
    (Sender { state: Arc::clone(&state) }, Receiver { state })
}

impl<T> Sender<T> {
    /// Sends the value, and wakes the receiver's task. Gives the value back if the receiver is
    /// gone.
    pub fn send(self, value: T) -> Result<(), T> {
        let mut state = self.state.lock().unwrap();
        // The Arc knows already who is still there: no need for a state of our own.
        if Arc::strong_count(&self.state) == 1 {
            return Err(value);
        }
        state.value = Some(value);
        Ok(())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        // Runs after `send`, too: one place from which to wake.
        let waker = self.state.lock().unwrap().waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, Closed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.state.lock().unwrap();
        if let Some(value) = state.value.take() {
            return Poll::Ready(Ok(value));
        }
        if Arc::strong_count(&self.state) == 1 {
            return Poll::Ready(Err(Closed));
        }
        state.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}
