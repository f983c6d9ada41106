//! Right: sleeps on a condition variable, and polls a boxed future.

use std::sync::Arc;
use std::task::{Context, Poll, Wake};

use crate::sync::{Condvar, Mutex};

#[derive(Default)]
struct Signal {
    woken: Mutex<bool>,
    raised: Condvar,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        *self.woken.lock().unwrap() = true;
        self.raised.notify_all();
    }
}

impl Signal {
    fn wait(&self) {
        let guard = self.woken.lock().unwrap();
        *self.raised.wait_while(guard, |woken| !*woken).unwrap() = false;
    }
}

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let signal: Arc<Signal> = Arc::default();
    let waker = Arc::clone(&signal).into();
    let mut future: std::pin::Pin<Box<dyn Future<Output = F::Output> + '_>> = Box::pin(future);
    let mut first = true;
    loop {
        if !std::mem::take(&mut first) {
            signal.wait();
        }
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
    }
}
