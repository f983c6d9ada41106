//! A signal remembers a wake, counts it once, and does not take anything else for one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::Waker;
use std::thread;

use wakers::{Signal, raw_waker};

/// The two ways to make a waker of a signal.
const WAYS: [fn(Arc<Signal>) -> Waker; 2] = [Waker::from, raw_waker];

#[test]
fn a_wake_before_the_wait_is_remembered() {
    for waker_of in WAYS {
        let signal = Arc::new(Signal::new());
        waker_of(Arc::clone(&signal)).wake();
        signal.wait();
    }
}

#[test]
fn a_wake_from_another_thread_ends_the_wait() {
    for waker_of in WAYS {
        let signal = Arc::new(Signal::new());
        let waker = waker_of(Arc::clone(&signal));
        let helper = thread::spawn(move || waker.wake_by_ref());
        signal.wait();
        helper.join().expect("the helper does not panic");
    }
}

#[test]
fn what_was_done_before_the_wake_is_seen_after_the_wait() {
    let signal = Arc::new(Signal::new());
    let done = Arc::new(AtomicBool::new(false));
    let (waker, theirs) = (Waker::from(Arc::clone(&signal)), Arc::clone(&done));
    let helper = thread::spawn(move || {
        theirs.store(true, SeqCst);
        waker.wake();
    });
    signal.wait();
    assert!(done.load(SeqCst));
    helper.join().expect("the helper does not panic");
}

#[test]
fn an_unpark_that_is_no_wake_does_not_end_the_wait() {
    let signal = Arc::new(Signal::new());
    let done = Arc::new(AtomicBool::new(false));
    let (waker, theirs) = (Waker::from(Arc::clone(&signal)), Arc::clone(&done));
    let sleeper = thread::current();
    // The token that makes the next `park` return at once; nobody has called the waker.
    sleeper.unpark();
    let helper = thread::spawn(move || {
        (0..100).for_each(|_| sleeper.unpark());
        theirs.store(true, SeqCst);
        waker.wake();
    });
    signal.wait();
    assert!(done.load(SeqCst), "the wait was over before the wake");
    helper.join().expect("the helper does not panic");
}

#[test]
fn a_wait_uses_the_wake_up() {
    let signal = Arc::new(Signal::new());
    let done = Arc::new(AtomicBool::new(false));
    signal.raise();
    signal.raise();
    signal.wait();
    // The two that came together counted once: this wait needs a third.
    let (theirs, flag) = (Arc::clone(&signal), Arc::clone(&done));
    let helper = thread::spawn(move || {
        flag.store(true, SeqCst);
        theirs.raise();
    });
    signal.wait();
    assert!(done.load(SeqCst), "the second wait did not wait");
    helper.join().expect("the helper does not panic");
}

#[test]
fn waiting_for_a_foreign_signal_is_refused() {
    let signal = Arc::new(Signal::new());
    let refused = thread::spawn(move || signal.wait()).join().expect_err("it must panic");
    let words = refused.downcast_ref::<&str>().copied().unwrap_or_default();
    assert!(words.contains("by the thread that made it only"), "{words}");
}
