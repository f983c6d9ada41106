//! Wrong: sleeps on a condition variable, with nothing beside it that remembers the wake.
//! Caught by: `a_wake_during_the_poll_is_not_lost`
//! Because: a notification that comes while nobody waits is forgotten. A wake during the poll comes before the wait.
//! Says: there is only one thread, and it waits for ever

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::{Condvar, Mutex};

/// What the waker points to.
struct Signal {
    lock: Mutex<()>,
    woken: Condvar,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        let _guard = self.lock.lock().unwrap();
        self.woken.notify_one();
    }
}

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal { lock: Mutex::new(()), woken: Condvar::new() });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        let guard = signal.lock.lock().unwrap();
        drop(signal.woken.wait(guard).unwrap());
    }
}
