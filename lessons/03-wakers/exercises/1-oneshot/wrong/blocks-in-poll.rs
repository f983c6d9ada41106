//! Wrong: waits for the value within `poll`, on a condition variable.
//! Caught by: `a_receiver_that_waits_can_be_woken`
//! Because: `poll` has to return. The thread that it blocks is the one that runs all the other tasks, and perhaps the one that
//!   would have sent.
//! Says: there is only one thread, and it waits for ever

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Condvar, Mutex};

enum State<T> {
    Waiting,
    Sent(T),
    Closed,
}

/// The half that sends.
pub struct Sender<T> {
    state: Arc<(Mutex<State<T>>, Condvar)>,
}

/// The half that waits.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Receiver<T> {
    state: Arc<(Mutex<State<T>>, Condvar)>,
}

/// What the receiver gets if the sender was dropped without sending.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed;

/// Makes a channel for one value.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let state = Arc::new((Mutex::new(State::Waiting), Condvar::new()));
    (Sender { state: Arc::clone(&state) }, Receiver { state })
}

impl<T> Sender<T> {
    /// Sends the value, and wakes the receiver's task. Gives the value back if the receiver is gone.
    pub fn send(self, value: T) -> Result<(), T> {
        let mut state = self.state.0.lock().unwrap();
        if matches!(*state, State::Closed) {
            return Err(value);
        }
        *state = State::Sent(value);
        self.state.1.notify_one();
        Ok(())
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = self.state.0.lock().unwrap();
        if matches!(*state, State::Waiting) {
            *state = State::Closed;
            self.state.1.notify_one();
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, Closed>;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.state.0.lock().unwrap();
        while matches!(*state, State::Waiting) {
            state = self.state.1.wait(state).unwrap();
        }
        match std::mem::replace(&mut *state, State::Closed) {
            State::Sent(value) => Poll::Ready(Ok(value)),
            _ => Poll::Ready(Err(Closed)),
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        *self.state.0.lock().unwrap() = State::Closed;
    }
}
