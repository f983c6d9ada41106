//! Wrong: calls `unpark` only if the thread has said that it sleeps.
//! Caught by: `it_sleeps_until_another_thread_wakes_it`
//! Because: between the look at the flag and the word that it sleeps there is a gap, and a wake that falls into it ends no
//!   sleep.
//! Says: everybody sleeps and nobody is left to wake them

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::atomic::{AtomicBool, Ordering};
use crate::thread::{self, Thread};

/// What the waker points to. The fields are a suggestion: change them if you like.
struct Signal {
    /// The thread to wake.
    thread: Thread,
    /// Whether it has been woken since the last poll began.
    woken: AtomicBool,
    asleep: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        // Nobody to wake up? Then save the system call.
        if self.asleep.load(Ordering::SeqCst) {
            self.thread.unpark();
        }
    }
}

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal {
        thread: thread::current(),
        woken: AtomicBool::new(false),
        asleep: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        while !signal.woken.swap(false, Ordering::SeqCst) {
            signal.asleep.store(true, Ordering::SeqCst);
            thread::park();
            signal.asleep.store(false, Ordering::SeqCst);
        }
    }
}
