//! Right: the gate is an enum, and the future is an async block in a box.

use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Poll, Waker};

use crate::sync::{Arc, Mutex};

enum State {
    Closed(Vec<Waker>),
    Open,
}

#[derive(Clone)]
pub struct Gate(Arc<Mutex<State>>);

impl Gate {
    pub fn new() -> Self {
        Gate(Arc::new(Mutex::new(State::Closed(Vec::new()))))
    }

    pub fn open(&self) {
        let before = mem::replace(&mut *self.0.lock().unwrap(), State::Open);
        if let State::Closed(wakers) = before {
            wakers.iter().for_each(Waker::wake_by_ref);
        }
    }

    pub fn wait(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let state = Arc::clone(&self.0);
        Box::pin(async move {
            poll_fn(|cx| match &mut *state.lock().unwrap() {
                State::Open => Poll::Ready(()),
                State::Closed(wakers) => {
                    wakers.retain(|waker| !waker.will_wake(cx.waker()));
                    wakers.push(cx.waker().clone());
                    Poll::Pending
                }
            })
            .await
        })
    }
}
