//! Wrong: drops the future by hand if it is ready at its first poll, and forgets one that had to wait.
//! Caught by: `the_future_is_gone_when_it_returns`
//! Because: nobody else drops what is in a `ManuallyDrop`.
//! Says: The future was ready at its second poll

use std::mem::ManuallyDrop;
use std::pin::Pin;
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

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal { thread: thread::current(), woken: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = ManuallyDrop::new(future);
    let mut is_first = true;
    loop {
        // SAFETY: the future stays where it is.
        if let Poll::Ready(value) = unsafe { Pin::new_unchecked(&mut *future) }.poll(&mut cx) {
            if is_first {
                // SAFETY: it is dropped once, where it lies, and not used afterwards.
                unsafe { ManuallyDrop::drop(&mut future) };
            }
            return value;
        }
        is_first = false;
        signal.wait();
    }
}
