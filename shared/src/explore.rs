//! Every order in which threads can run, tried one by one.
//!
//! A mistake that shows in one order out of a hundred is not found by luck. Code that takes its threads, locks and atomics
//! from [`thread`] and [`sync`] (the model checker's, with the names of std's) is run by [`every_order`] in each order of its
//! steps that makes a difference, under the assumption that all threads see all writes in the same order (sequential
//! consistency).
//!
//! ```
//! use shared::explore::{every_order, sync::{Arc, Mutex}, thread};
//!
//! let explored = every_order(|| {
//!     let sum = Arc::new(Mutex::new(0));
//!     let other = Arc::clone(&sum);
//!     let adder = thread::spawn(move || *other.lock().unwrap() += 1);
//!     *sum.lock().unwrap() += 2;
//!     adder.join().unwrap();
//!     assert_eq!(*sum.lock().unwrap(), 3);
//! });
//! assert!(explored.all);
//! assert!(explored.orders > 1);
//! ```

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use shuttle::scheduler::DfsScheduler;
use shuttle::{Config, FailurePersistence, MaxSteps, Runner};
pub use shuttle::{hint, sync, thread};

use crate::words::grouped;

/// How many orders are tried at most.
const ORDERS: usize = 20_000;
/// How many steps one order may take before it counts as spinning.
const STEPS: usize = 5_000;

/// What an exploration covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explored {
    /// How many orders were tried.
    pub orders: usize,
    /// Whether these were all there are. A scenario with too many is cut off at 20,000.
    pub all: bool,
}

/// Runs `scenario` once in each order in which its threads can run.
///
/// The scenario must not depend on anything else: no clock, no random numbers, no state kept from the run before.
///
/// # Panics
///
/// With the scenario's own panic, in the first order that panics. With words, if there is an order in which all threads wait
/// for each other for ever, or one that never ends.
///
/// ```should_panic
/// use shared::explore::{every_order, sync::{Arc, Condvar, Mutex}, thread};
///
/// // Panics: nothing remembers the notification, and it is lost if it comes before the wait.
/// every_order(|| {
///     let bell = Arc::new((Mutex::new(()), Condvar::new()));
///     let ringer = Arc::clone(&bell);
///     thread::spawn(move || ringer.1.notify_one());
///     drop(bell.1.wait(bell.0.lock().unwrap()));
/// });
/// ```
pub fn every_order(scenario: impl Fn() + Send + Sync + 'static) -> Explored {
    let mut config = Config::new();
    config.max_steps = MaxSteps::FailAfter(STEPS);
    config.failure_persistence = FailurePersistence::None;
    config.silence_warnings = true;
    let tried = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&tried);
    let runner = Runner::new(DfsScheduler::new(Some(ORDERS), false), config);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runner.run(move || {
            counter.fetch_add(1, SeqCst);
            scenario();
        })
    }));
    let orders = tried.load(SeqCst);
    match outcome {
        Ok(_) => Explored { orders, all: orders < ORDERS },
        Err(payload) => fail(payload, orders),
    }
}

fn fail(payload: Box<dyn Any + Send>, orders: usize) -> ! {
    let message = payload.downcast_ref::<String>().map_or("", String::as_str);
    let found = format!("(order {} of those that were tried)", grouped(orders as u64));
    if message.starts_with("deadlock!") {
        panic!(
            "in one of the orders in which these threads can run, everybody sleeps and nobody is left to wake them {found}"
        );
    }
    if message.starts_with("exceeded max_steps") {
        panic!(
            "in one of the orders in which these threads can run, a thread goes round for ever: it spins {found}"
        );
    }
    resume_unwind(payload)
}
