//! Right: calls the waker while it holds the lock.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

/// Where the channel stands. A suggestion: change it if you like.
enum State<T> {
    /// No value yet. The waker is that of the task that polled last, if one has polled.
    Waiting(Option<Waker>),
    /// The value has been sent, and not yet received.
    Sent(T),
    /// One half is gone, or the value has been received: nothing will come any more.
    Closed,
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
    let state = Arc::new(Mutex::new(State::Waiting(None)));
    (Sender { state: Arc::clone(&state) }, Receiver { state })
}

impl<T> Sender<T> {
    /// Sends the value, and wakes the receiver's task. Gives the value back if the receiver is
    /// gone.
    pub fn send(self, value: T) -> Result<(), T> {
        let mut state = self.state.lock().unwrap();
        if matches!(*state, State::Closed) {
            return Err(value);
        }
        if let State::Waiting(Some(waker)) = std::mem::replace(&mut *state, State::Sent(value)) {
            waker.wake();
        }
        Ok(())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = self.state.lock().unwrap();
        if let State::Waiting(waker) = &*state {
            if let Some(waker) = waker {
                waker.wake_by_ref();
            }
            *state = State::Closed;
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, Closed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.state.lock().unwrap();
        match std::mem::replace(&mut *state, State::Closed) {
            State::Sent(value) => Poll::Ready(Ok(value)),
            State::Closed => Poll::Ready(Err(Closed)),
            State::Waiting(_) => {
                *state = State::Waiting(Some(cx.waker().clone()));
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        *self.state.lock().unwrap() = State::Closed;
    }
}
