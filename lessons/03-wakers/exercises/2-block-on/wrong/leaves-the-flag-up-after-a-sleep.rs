//! Wrong: lowers the flag when it finds it up before it sleeps, and leaves it up when it was raised in the sleep.
//! Caught by: `it_sleeps_again_after_a_sleep`
//! Because: if the poll after the sleep returns Pending, the flag is still up from before, and there is one more poll for nothing.
//! Says: polled for nothing

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
        let mut woken = self.woken.lock().unwrap();
        if *woken {
            *woken = false;
            return;
        }
        while !*woken {
            woken = self.raised.wait(woken).unwrap();
        }
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
