//! Right: the value travels through a channel of threads, and only the waker has a place of its
//!   own.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::mpsc::{self, TryRecvError};
use crate::sync::{Arc, Mutex};

type Caller = Arc<Mutex<Option<Waker>>>;

/// The half that sends.
pub struct Sender<T> {
    values: Option<mpsc::Sender<T>>,
    caller: Caller,
}

/// The half that waits.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Receiver<T> {
    values: mpsc::Receiver<T>,
    caller: Caller,
}

/// What the receiver gets if the sender was dropped without sending.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed;

/// Makes a channel for one value.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = mpsc::channel();
    let caller = Caller::default();
    (
        Sender { values: Some(sender), caller: Arc::clone(&caller) },
        Receiver { values: receiver, caller },
    )
}

impl<T> Sender<T> {
    /// Sends the value, and wakes the receiver's task. Gives the value back if the receiver is
    /// gone.
    pub fn send(mut self, value: T) -> Result<(), T> {
        let values = self.values.take().expect("nothing was sent yet");
        values.send(value).map_err(|unsent| unsent.0)
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        // The channel is closed before anyone is called. It still hands out what was sent.
        self.values = None;
        let waker = self.caller.lock().unwrap().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, Closed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        *self.caller.lock().unwrap() = Some(cx.waker().clone());
        match self.values.try_recv() {
            Ok(value) => Poll::Ready(Ok(value)),
            Err(TryRecvError::Disconnected) => Poll::Ready(Err(Closed)),
            Err(TryRecvError::Empty) => Poll::Pending,
        }
    }
}
