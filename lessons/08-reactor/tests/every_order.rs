//! The sleep and the call that ends it, model-checked: every order in which the threads can run,
//! and broken variants that are caught.
//!
//! The source is the library's. Only what it takes from `crate::sync` is the explorer's. The kernel
//! is a flag and a thread's `park` here: like the real one, it remembers a notification until a
//! wait has seen it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;

use shared::probe::explore::{Explored, every_order, thread};

use broken::Unparker;
use park_state::ParkState;
use sync::atomic::{AtomicBool, AtomicUsize};

mod sync {
    pub use shared::probe::explore::sync::atomic;
}

#[path = "every_order/broken.rs"]
mod broken;
#[path = "../src/park_state.rs"]
mod park_state;

/// The kernel, as far as one can sleep in it.
pub struct Kernel {
    is_notified: AtomicBool,
    sleeper: thread::Thread,
    notifications: std::sync::atomic::AtomicUsize,
}

impl Kernel {
    fn new() -> Self {
        let (is_notified, notifications) = (AtomicBool::new(false), Default::default());
        Self { is_notified, sleeper: thread::current(), notifications }
    }

    fn notify(&self) {
        self.notifications.fetch_add(1, SeqCst);
        self.is_notified.store(true, SeqCst);
        self.sleeper.unpark();
    }

    /// Sleeps until it is notified, or only looks, and takes the notification.
    fn wait(&self, sleeps: bool) {
        while !self.is_notified.swap(false, SeqCst) && sleeps {
            thread::park();
        }
    }
}

impl Unparker for ParkState {
    fn new() -> Self {
        ParkState::new()
    }

    fn park(&self, may_sleep: bool, wait: impl FnOnce(bool)) {
        ParkState::park(self, may_sleep, wait);
    }

    fn unpark(&self, notify: impl FnOnce()) {
        ParkState::unpark(self, notify);
    }
}

// ANCHOR: scenario
/// A loop that serves a queue, as an executor does, and a thread that pushes to it `pushes` times:
/// first the item, then the call.
fn serves_everything<U: Unparker + Send + Sync + 'static>(pushes: usize, looks_first: bool) {
    let loops = Arc::new((U::new(), Kernel::new(), AtomicUsize::new(0)));
    let theirs = Arc::clone(&loops);
    thread::spawn(move || {
        let (state, kernel, queue) = &*theirs;
        for _ in 0..pushes {
            queue.fetch_add(1, SeqCst);
            state.unpark(|| kernel.notify());
        }
    });
    let (state, kernel, queue) = &*loops;
    if looks_first {
        state.park(false, |sleeps| kernel.wait(sleeps));
    }
    while queue.load(SeqCst) < pushes {
        state.park(true, |sleeps| kernel.wait(sleeps));
    }
}

#[test]
fn in_no_order_does_the_loop_sleep_beside_a_full_queue() {
    for (pushes, looks_first) in [(1, false), (1, true)] {
        let explored = every_order(move || serves_everything::<ParkState>(pushes, looks_first));
        println!("{pushes} pushes, looks first: {looks_first}: {explored:?}");
        assert!(explored.all && explored.orders > 10, "{explored:?}");
    }
}
// ANCHOR_END: scenario

#[test]
fn a_call_while_the_loop_runs_does_not_go_into_the_kernel() {
    let explored: Explored = every_order(|| {
        let (state, kernel) = (ParkState::new(), Kernel::new());
        for _ in 0..3 {
            state.unpark(|| kernel.notify());
        }
        state.park(true, |sleeps| kernel.wait(sleeps));
        assert_eq!(kernel.notifications.load(SeqCst), 0);
    });
    assert!(explored.all, "{explored:?}");
}

#[test]
fn one_sleep_is_ended_by_one_call_into_the_kernel() {
    let explored = every_order(|| {
        let loops = Arc::new((ParkState::new(), Kernel::new()));
        for _ in 0..2 {
            let theirs = Arc::clone(&loops);
            thread::spawn(move || theirs.0.unpark(|| theirs.1.notify()));
        }
        loops.0.park(true, |sleeps| loops.1.wait(sleeps));
        assert!(loops.1.notifications.load(SeqCst) <= 1, "two calls for one sleep");
    });
    assert!(explored.all, "{explored:?}");
}

/// What the explorer says of a scenario that must fail in some order.
fn words_of(scenario: impl Fn() + Send + Sync + 'static) -> String {
    let outcome = catch_unwind(AssertUnwindSafe(|| every_order(scenario)));
    let payload = outcome.expect_err("some order must fail");
    payload.downcast_ref::<String>().cloned().expect("a panic with words")
}

const ASLEEP: &str = "everybody sleeps and nobody is left to wake them";

#[test]
fn going_to_sleep_without_looking_is_caught() {
    let words = words_of(|| serves_everything::<broken::StoresParked>(1, false));
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn a_look_at_the_state_and_a_store_after_it_are_caught() {
    let words = words_of(|| serves_everything::<broken::LooksThenStores>(1, false));
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn a_call_that_leaves_no_trace_while_the_loop_runs_is_caught() {
    let words = words_of(|| serves_everything::<broken::RemembersNothing>(1, false));
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn forgetting_the_calls_before_the_sleep_is_caught() {
    let words = words_of(|| serves_everything::<broken::ForgetsBeforeTheSleep>(1, false));
    assert!(words.contains(ASLEEP), "{words}");
}

#[test]
fn a_call_before_the_item_is_caught() {
    let words = words_of(|| {
        let loops = Arc::new((ParkState::new(), Kernel::new(), AtomicUsize::new(0)));
        let theirs = Arc::clone(&loops);
        thread::spawn(move || {
            theirs.0.unpark(|| theirs.1.notify());
            theirs.2.fetch_add(1, SeqCst);
        });
        while loops.2.load(SeqCst) == 0 {
            loops.0.park(true, |sleeps| loops.1.wait(sleeps));
        }
    });
    assert!(words.contains(ASLEEP), "{words}");
}
