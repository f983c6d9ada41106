//! Wrong: keeps the signal for the next `block_on` on the same thread, which saves an allocation.
//! Caught by: `a_wake_that_comes_too_late_is_not_the_next_ones`
//! Because: a waker may outlive its future. What it raises then is the flag of the next one, which is polled for nothing.
//! Says: polled for nothing: this is poll 2

use std::cell::RefCell;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::atomic::{AtomicBool, Ordering};
use crate::thread::{self, Thread};

/// What the waker points to.
struct Signal {
    /// The thread to wake.
    thread: Thread,
    /// Whether it has been woken since the last poll began.
    woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        // In this order: whoever is unparked finds the flag raised. A swap, not a store: where two threads raise it one after the
        // other, the poll that follows sees what both of them did.
        self.woken.swap(true, Ordering::SeqCst);
        self.thread.unpark();
    }
}

impl Signal {
    /// Sleeps until the signal is there, and takes it. The flag decides; a park that ends for another reason is begun again.
    fn wait(&self) {
        while !self.woken.swap(false, Ordering::SeqCst) {
            thread::park();
        }
    }
}

thread_local! {
    /// The signal that the last `block_on` on this thread has left.
    static SIGNAL: RefCell<Option<Arc<Signal>>> = const { RefCell::new(None) };
}

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let new = || Signal { thread: thread::current(), woken: AtomicBool::new(false) };
    let signal = SIGNAL.take().unwrap_or_else(|| Arc::new(new()));
    signal.woken.store(false, Ordering::SeqCst);
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            SIGNAL.set(Some(signal));
            return value;
        }
        signal.wait();
    }
}
