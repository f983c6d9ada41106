//! Right: an abort is a message. The task waits for it and for the future at once, with the channel
//!   of the lesson about wakers.

use std::pin::Pin;
use std::task::{Context, Poll};

use wakers::oneshot::{Receiver, Sender, channel};

use crate::sync::{Arc, Mutex};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aborted;

#[derive(Clone)]
pub struct AbortHandle(Arc<Mutex<Option<Sender<()>>>>);

pub struct Abortable<F> {
    future: Option<Pin<Box<F>>>,
    /// `None` once every handle is gone: no message will come any more.
    message: Option<Receiver<()>>,
}

pub fn abortable<F: Future>(future: F) -> (Abortable<F>, AbortHandle) {
    let (sender, receiver) = channel();
    let task = Abortable { future: Some(Box::pin(future)), message: Some(receiver) };
    (task, AbortHandle(Arc::new(Mutex::new(Some(sender)))))
}

impl AbortHandle {
    pub fn abort(&self) {
        let sender = self.0.lock().unwrap().take();
        // The second abort finds no sender, and one after the end nobody who receives.
        let _ = sender.map(|sender| sender.send(()));
    }
}

impl<F: Future> Future for Abortable<F> {
    type Output = Result<F::Output, Aborted>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let received = self.message.as_mut().map(|message| Pin::new(message).poll(cx));
        match received {
            Some(Poll::Ready(Ok(()))) => {
                self.future = None;
                return Poll::Ready(Err(Aborted));
            }
            Some(Poll::Ready(Err(_))) => self.message = None,
            Some(Poll::Pending) | None => {}
        }
        let future = self.future.as_mut().expect("it is polled until it is ready");
        future.as_mut().poll(cx).map(Ok)
    }
}
