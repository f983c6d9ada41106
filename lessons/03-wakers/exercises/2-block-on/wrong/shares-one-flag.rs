//! Wrong: has one flag for the whole program.
//! Caught by: `a_block_on_within_the_poll_does_not_swallow_the_wake`
//! Because: each `block_on` lowers the flag that another one needs, and takes that one's wakes for its own.
//! Says: polled for nothing: this is poll 2

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::atomic::{AtomicBool, Ordering};
use crate::thread::{self, Thread};

/// What the waker points to. The fields are a suggestion: change them if you like.
struct Signal {
    /// The thread to wake.
    thread: Thread,
}

/// Whether it has been woken since the last poll began.
static WOKEN: AtomicBool = AtomicBool::new(false);

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        WOKEN.store(true, Ordering::SeqCst);
        self.thread.unpark();
    }
}

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal { thread: thread::current() });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        while !WOKEN.swap(false, Ordering::SeqCst) {
            thread::park();
        }
    }
}
