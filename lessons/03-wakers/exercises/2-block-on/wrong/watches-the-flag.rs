//! Wrong: polls only after a wake, but watches the flag in a loop instead of sleeping.
//! Caught by: `it_sleeps_until_another_thread_wakes_it`
//! Because: fewer polls are not less work: the thread is as busy as one that polls all the time.
//! Says: a thread goes round for ever: it spins

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::atomic::{AtomicBool, Ordering};

/// What the waker points to.
struct Signal {
    /// Whether it has been woken since the last poll began.
    woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
    }
}

impl Signal {
    fn wait(&self) {
        while !self.woken.swap(false, Ordering::SeqCst) {
            std::hint::spin_loop();
        }
    }
}

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal { woken: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        signal.wait();
    }
}
