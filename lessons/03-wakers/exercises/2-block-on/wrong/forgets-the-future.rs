//! Wrong: pins the future by hand, in a `ManuallyDrop`, so that nothing happens to it.
//! Caught by: `the_future_is_gone_when_it_returns`
//! Because: nobody drops it by hand, and what it holds is never given back.
//! Says: and the future was not dropped

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
    // SAFETY: it is not moved from here on, nor dropped.
    let mut future = unsafe { Pin::new_unchecked(&mut *future) };
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        signal.wait();
    }
}
