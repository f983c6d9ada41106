//! Right: the lesson about wakers has a channel for one value. A task that is dropped drops the
//!   sender, which closes it.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use wakers::oneshot::{Receiver, Sender, channel};

#[derive(Debug)]
pub enum JoinError {
    Cancelled,
    Panicked(Box<dyn Any + Send>),
}

type Outcome<T> = Result<T, JoinError>;

pub struct Task<F: Future> {
    // In this order: fields are dropped as they stand here, and the future has to go before the
    // channel closes.
    future: Option<Pin<Box<F>>>,
    sender: Option<Sender<Outcome<F::Output>>>,
}

pub struct JoinHandle<T>(Receiver<Outcome<T>>);

pub fn split<F: Future>(future: F) -> (Task<F>, JoinHandle<F::Output>) {
    let (sender, receiver) = channel();
    (Task { future: Some(Box::pin(future)), sender: Some(sender) }, JoinHandle(receiver))
}

impl<F: Future> Future for Task<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut future = self.future.take().expect("it is polled until it is ready");
        let polled = panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        let result = match polled {
            Ok(Poll::Pending) => {
                self.future = Some(future);
                return Poll::Pending;
            }
            Ok(Poll::Ready(value)) => Ok(value),
            Err(payload) => Err(JoinError::Panicked(payload)),
        };
        drop(future);
        let sender = self.sender.take().expect("it sends once");
        drop(sender.send(result));
        Poll::Ready(())
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Outcome<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Outcome<T>> {
        let received = ready!(Pin::new(&mut self.0).poll(cx));
        Poll::Ready(received.unwrap_or(Err(JoinError::Cancelled)))
    }
}
