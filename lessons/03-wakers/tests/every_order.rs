//! The channel and `block_on`, model-checked: every order in which the threads can run, and broken
//! variants that are caught.
//!
//! The sources are those of the library. Only what they take from `crate::sync` and `crate::thread`
//! is the explorer's.

#![expect(dead_code, reason = "a test crate uses part of what the sources offer")]

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll};

use shared::probe::WakerProbe;
use shared::probe::explore::every_order;

use block_on::block_on;
use oneshot::Closed;
use waker::Signal;

// ANCHOR: explorers
mod sync {
    pub use shared::probe::explore::sync::{Condvar, Mutex, MutexGuard, PoisonError, atomic};
}

mod thread {
    pub use shared::probe::explore::thread::{Thread, current, park, park_timeout, spawn};
}

#[path = "../src/block_on.rs"]
mod block_on;
#[path = "../src/oneshot.rs"]
mod oneshot;
#[path = "../src/waker.rs"]
mod waker;
// ANCHOR_END: explorers

#[path = "every_order/broken.rs"]
mod broken;

// ANCHOR: arrives
#[test]
fn a_value_from_another_thread_always_arrives() {
    let explored = every_order(|| {
        let (sender, receiver) = oneshot::channel();
        thread::spawn(move || sender.send(7));
        assert_eq!(block_on(receiver), Ok(7));
    });
    assert!(explored.all && explored.orders > 10, "{explored:?}");
}
// ANCHOR_END: arrives

#[test]
fn a_sender_that_is_dropped_always_ends_the_wait() {
    let explored = every_order(|| {
        let (sender, receiver) = oneshot::channel::<u32>();
        thread::spawn(move || drop(sender));
        assert_eq!(block_on(receiver), Err(Closed));
    });
    assert!(explored.all, "{explored:?}");
}

#[test]
fn a_value_is_received_or_given_back_or_dropped_and_never_both() {
    let explored = every_order(|| {
        let (sender, receiver) = oneshot::channel();
        let value = Arc::new(());
        let theirs = Arc::clone(&value);
        let sending = thread::spawn(move || sender.send(theirs));
        drop(receiver);
        let back = sending.join().expect("it does not panic");
        assert_eq!(Arc::strong_count(&value), 1 + usize::from(back.is_err()));
    });
    assert!(explored.all, "{explored:?}");
}

#[test]
fn whoever_polled_last_and_found_nothing_is_called() {
    let explored = every_order(|| {
        let (sender, mut receiver) = oneshot::channel();
        let (first, last) = (WakerProbe::new(), WakerProbe::new());
        let sending = thread::spawn(move || sender.send(()));
        let mut poll = |probe: &WakerProbe| {
            Pin::new(&mut receiver).poll(&mut Context::from_waker(&probe.waker()))
        };
        let must_be_called = match (poll(&first), poll(&last)) {
            (Poll::Ready(_), _) => None,
            (Poll::Pending, Poll::Ready(_)) => Some(&first),
            (Poll::Pending, Poll::Pending) => Some(&last),
        };
        sending.join().expect("it does not panic").expect("the receiver is there");
        if let Some(probe) = must_be_called {
            assert_eq!(probe.wakes(), 1, "whoever polled last was not called");
        }
    });
    assert!(explored.all, "{explored:?}");
}

#[test]
fn wakes_from_two_threads_end_one_wait_or_two() {
    let explored = every_order(|| {
        let signal = Arc::new(Signal::new());
        let raised = Arc::new(AtomicUsize::new(0));
        for _ in 0..2 {
            let (signal, raised) = (Arc::clone(&signal), Arc::clone(&raised));
            thread::spawn(move || {
                raised.fetch_add(1, SeqCst);
                signal.raise();
            });
        }
        // As an executor does: wait, then look.
        while raised.load(SeqCst) < 2 {
            signal.wait();
        }
    });
    assert!(explored.all, "{explored:?}");
}

#[test]
fn a_nested_wait_does_not_swallow_the_outer_wake() {
    let explored = every_order(|| {
        // Two signals of one thread, as in a `block_on` within a `block_on`: one unpark may end the
        // sleep of either.
        let (outer, inner) = (Arc::new(Signal::new()), Arc::new(Signal::new()));
        let theirs = (Arc::clone(&outer), Arc::clone(&inner));
        thread::spawn(move || {
            theirs.0.raise();
            theirs.1.raise();
        });
        inner.wait();
        outer.wait();
    });
    assert!(explored.all, "{explored:?}");
}

/// What the explorer says of a scenario that must fail in some order.
fn words_of(scenario: impl Fn() + Send + Sync + 'static) -> String {
    let outcome = catch_unwind(AssertUnwindSafe(|| every_order(scenario)));
    let payload = outcome.expect_err("some order must fail");
    payload.downcast_ref::<String>().cloned().expect("a panic with words")
}

// ANCHOR: caught
const ASLEEP: &str = "everybody sleeps and nobody is left to wake them";

#[test]
fn looking_before_registering_is_caught() {
    let words = words_of(|| {
        let slot = Arc::new(broken::LooksFirst::default());
        let theirs = Arc::clone(&slot);
        thread::spawn(move || theirs.send(7));
        assert_eq!(block_on(slot.receive()), 7);
    });
    assert!(words.contains(ASLEEP), "{words}");
}
// ANCHOR_END: caught

#[test]
fn waking_before_storing_is_caught() {
    let words = words_of(|| {
        let slot = Arc::new(broken::LooksFirst::default());
        let theirs = Arc::clone(&slot);
        thread::spawn(move || theirs.wake_and_then_send(7));
        assert_eq!(block_on(slot.receive()), 7);
    });
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn a_bell_without_a_flag_is_caught() {
    let words = words_of(|| {
        let (sender, receiver) = oneshot::channel();
        thread::spawn(move || sender.send(7));
        assert_eq!(broken::block_on_bell(receiver), Ok(7));
    });
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn a_flag_that_is_lowered_after_the_poll_is_caught() {
    let words = words_of(|| {
        let (sender, receiver) = oneshot::channel();
        thread::spawn(move || sender.send(7));
        assert_eq!(broken::block_on_late_flag(receiver), Ok(7));
    });
    assert!(words.contains(ASLEEP), "{words}");
}
