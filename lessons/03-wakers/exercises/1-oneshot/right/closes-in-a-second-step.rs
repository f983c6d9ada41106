//! Right: a receiver that is dropped takes its waker away first, and closes the channel in a second
//!   step. What was sent in between goes with the state before.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

/// Where the channel stands. Every step looks at it and changes it under one lock, so nothing can
/// happen in between.
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
        let State::Waiting(waker) = &mut *state else {
            return Err(value);
        };
        let waker = waker.take();
        *state = State::Sent(value);
        // The lock is released first: what the waker does is not ours to know.
        drop(state);
        waker.into_iter().for_each(Waker::wake);
        Ok(())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = self.state.lock().unwrap();
        if let State::Waiting(waker) = &mut *state {
            let waker = waker.take();
            *state = State::Closed;
            drop(state);
            waker.into_iter().for_each(Waker::wake);
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, Closed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.state.lock().unwrap();
        match mem::replace(&mut *state, State::Closed) {
            State::Sent(value) => Poll::Ready(Ok(value)),
            State::Closed => Poll::Ready(Err(Closed)),
            State::Waiting(before) => {
                // The newest waker, always: the receiver may have moved to another task.
                *state = State::Waiting(Some(cx.waker().clone()));
                // The one before goes after the lock is released: dropping it may drop a task, and
                // with it the sender.
                drop(state);
                drop(before);
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let mut state = self.state.lock().unwrap();
        let before = match &mut *state {
            State::Waiting(waker) => waker.take(),
            _ => None,
        };
        drop(state);
        drop(before);
        *self.state.lock().unwrap() = State::Closed;
    }
}
