//! Right: keeps the wakers of all who have polled, and wakes them all.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

/// Where the channel stands. A suggestion: change it if you like.
enum State<T> {
    /// No value yet. The waker is that of the task that polled last, if one has polled.
    Waiting(Vec<Waker>),
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
    let state = Arc::new(Mutex::new(State::Waiting(Vec::new())));
    (Sender { state: Arc::clone(&state) }, Receiver { state })
}

impl<T> Sender<T> {
    /// Sends the value, and wakes the receiver's task. Gives the value back if the receiver is
    /// gone.
    pub fn send(self, value: T) -> Result<(), T> {
        let mut state = self.state.lock().unwrap();
        match std::mem::replace(&mut *state, State::Closed) {
            State::Waiting(waker) => {
                *state = State::Sent(value);
                drop(state);
                for waker in waker {
                    waker.wake();
                }
                Ok(())
            }
            _ => Err(value),
        }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = self.state.lock().unwrap();
        if let State::Waiting(waker) = &mut *state {
            let waker = std::mem::take(waker);
            *state = State::Closed;
            drop(state);
            for waker in waker {
                waker.wake();
            }
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
            State::Waiting(mut wakers) => {
                wakers.push(cx.waker().clone());
                *state = State::Waiting(wakers);
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
