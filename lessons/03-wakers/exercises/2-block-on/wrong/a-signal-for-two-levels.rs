//! Wrong: has a signal for the outermost `block_on`, and a second one for all those within it.
//! Caught by: `three_levels_keep_their_wakes_apart`
//! Because: the innermost lowers the flag that the one in the middle needs, and takes that wake for its own.
//! Says: poll 1 of the inner future begins; it returns Pending; poll 2 of the inner future begins

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
    /// The signals of those that run on this thread, the outermost first.
    static SIGNALS: RefCell<Vec<Arc<Signal>>> = const { RefCell::new(Vec::new()) };
}

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let new = || Signal { thread: thread::current(), woken: AtomicBool::new(false) };
    let second = SIGNALS.with_borrow(|signals| signals.get(1).cloned());
    let signal = second.unwrap_or_else(|| Arc::new(new()));
    SIGNALS.with_borrow_mut(|signals| signals.push(Arc::clone(&signal)));
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            SIGNALS.with_borrow_mut(Vec::pop);
            return value;
        }
        signal.wait();
    }
}
