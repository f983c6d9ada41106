//! Wrong: parks without a flag, and trusts the token that `unpark` leaves behind.
//! Caught by: `a_block_on_within_the_poll_does_not_swallow_the_wake`
//! Because: there is one token for each thread. A `park` within the poll takes the one that was meant for the outer future: the
//!   inner one is polled for nothing, and the outer wake is gone.
//! Says: this is poll 2, and nobody has called the waker

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::thread::{self, Thread};

/// What the waker points to.
struct Signal {
    thread: Thread,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.thread.unpark();
    }
}

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Signal { thread: thread::current() }));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        thread::park();
    }
}
