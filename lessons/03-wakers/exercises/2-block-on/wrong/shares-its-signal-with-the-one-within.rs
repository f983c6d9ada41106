//! Wrong: a `block_on` within another one uses that one's signal, and raises the flag again at its end if it was up before.
//! Caught by: `a_wake_for_the_outer_future_is_not_the_inner_ones`
//! Because: the outer future may also be woken while the inner one waits. The inner one takes that wake for its own.
//! Says: poll 2 of the inner future

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
    /// The signal of the outermost `block_on` on this thread.
    static SIGNAL: RefCell<Option<Arc<Signal>>> = const { RefCell::new(None) };
}

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let outer = SIGNAL.with_borrow(Option::clone);
    let is_outermost = outer.is_none();
    let new = || Signal { thread: thread::current(), woken: AtomicBool::new(false) };
    let signal = outer.unwrap_or_else(|| Arc::new(new()));
    SIGNAL.set(Some(Arc::clone(&signal)));
    let before = signal.woken.swap(false, Ordering::SeqCst);
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            signal.woken.store(before, Ordering::SeqCst);
            if is_outermost {
                SIGNAL.set(None);
            }
            return value;
        }
        signal.wait();
    }
}
