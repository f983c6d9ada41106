//! Every order in which threads can run, tried one by one.
//!
//! A mistake that shows in one order out of a hundred is not found by luck. Code that takes its
//! threads, locks and atomics from [`thread`] and [`sync`] (the model checker's, with the names of
//! std's) is run by [`every_order`] in each order of its steps that makes a difference, under the
//! assumption that all threads see all writes in the same order (sequential consistency). A `park`
//! may return although nobody called `unpark`, and a `Condvar::wait` although nobody notified, as
//! std's may: that, too, is tried, once in each order. A time limit (`park_timeout`,
//! `Condvar::wait_timeout`) may have passed at once.
//!
//! ```
//! use shared::probe::explore::{every_order, sync::{Arc, Mutex}, thread};
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

pub use shuttle::hint;
use shuttle::scheduler::{DfsScheduler, Schedule, Scheduler, Task, TaskId};
use shuttle::{Config, FailurePersistence, MaxSteps, Runner};

pub use self::block_on::block_on;
pub use self::bypass::bypass;
pub use self::notes::{note, noted};
use crate::base::grouped;

mod block_on;
mod bypass;
mod channel;
mod condvar;
mod locks;
mod notes;

/// What [`std::sync`] has, as far as it can be stopped at every step.
pub mod sync {
    pub use shuttle::sync::*;

    pub use super::condvar::{Condvar, WaitTimeoutResult};
    pub use super::locks::{Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};

    /// Channels, as [`std::sync::mpsc`].
    pub mod mpsc {
        pub use super::super::channel::*;
    }
}

/// What [`std::thread`] has, as far as it can be stopped at every step.
pub mod thread {
    pub use shuttle::thread::*;
    use std::time::Duration;

    /// Returns at once, after a step at which other threads can run: the time may have passed.
    pub fn park_timeout(_duration: Duration) {
        yield_now();
    }
}

/// How many orders are tried at most.
const ORDERS: usize = 20_000;
/// How many steps one order may take before it counts as spinning.
const STEPS: usize = 5_000;
/// How often, in one order, a `park` may return although nobody called `unpark`.
const SURPRISES: usize = 1;
/// Bytes of stack that each thread has. A stack that is used up ends the process without words.
const STACK: usize = 1024 * 1024;

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
/// The scenario must not depend on anything else: no clock, no random numbers, no state kept from
/// the run before.
///
/// # Panics
///
/// With the scenario's own panic, in the first order that panics. With words, if there is an order
/// in which all threads wait for each other for ever, or one that never ends; what the scenario
/// [`note`]d in that order is part of the words. A thread that locks what it has locked already is
/// told with the lines of both calls, and its words begin with `deadlock`.
///
/// ```should_panic
/// use shared::probe::explore::{every_order, sync::{Arc, Condvar, Mutex}, thread};
///
/// // Panics: nothing remembers the notification, and it is lost if it comes before the wait.
/// every_order(|| {
///     let bell = Arc::new((Mutex::new(()), Condvar::new()));
///     let ringer = Arc::clone(&bell);
///     thread::spawn(move || ringer.1.notify_one());
///     drop(bell.1.wait(bell.0.lock().unwrap()));
/// });
/// ```
#[track_caller]
pub fn every_order(scenario: impl Fn() + Send + Sync + 'static) -> Explored {
    let mut config = Config::new();
    config.stack_size = STACK;
    config.max_steps = MaxSteps::FailAfter(STEPS);
    config.failure_persistence = FailurePersistence::None;
    config.silence_warnings = true;
    let tried = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&tried);
    let threads = Arc::new(AtomicUsize::new(0));
    let runner = Runner::new(EveryOrder::new(Arc::clone(&threads)), config);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runner.run(move || {
            counter.fetch_add(1, SeqCst);
            notes::clear();
            condvar::clear();
            scenario();
        })
    }));
    let orders = tried.load(SeqCst);
    match outcome {
        Ok(_) => Explored { orders, all: orders < ORDERS },
        Err(payload) => fail(payload, orders, threads.load(SeqCst) - condvar::helpers()),
    }
}

/// Shuttle's exhaustive search, with a limit on the parks that return for no reason.
///
/// Without the limit, a loop around `park` (which std's documentation asks for) could go round for
/// ever: there is always one more surprise to try.
struct EveryOrder {
    search: DfsScheduler,
    surprises: usize,
    /// How many threads there have been in the order that is being tried.
    threads: Arc<AtomicUsize>,
}

impl EveryOrder {
    fn new(threads: Arc<AtomicUsize>) -> Self {
        Self { search: DfsScheduler::new(Some(ORDERS), false), surprises: 0, threads }
    }
}

impl Scheduler for EveryOrder {
    fn new_execution(&mut self) -> Option<Schedule> {
        self.surprises = 0;
        self.threads.store(0, SeqCst);
        self.search.new_execution()
    }

    fn next_task(
        &mut self,
        candidates: &[&Task],
        current: Option<TaskId>,
        is_yielding: bool,
    ) -> Option<TaskId> {
        let newest = candidates.iter().map(|task| usize::from(task.id()) + 1).max();
        self.threads.fetch_max(newest.unwrap_or(0), SeqCst);
        let may_run = |task: &Task| task.runnable() || self.surprises < SURPRISES;
        let candidates: Vec<&Task> =
            candidates.iter().copied().filter(|task| may_run(task)).collect();
        let next = self.search.next_task(&candidates, current, is_yielding);
        let is_surprise = |task: &&Task| Some(task.id()) == next && !task.runnable();
        self.surprises += usize::from(candidates.iter().any(is_surprise));
        next
    }

    fn next_u64(&mut self) -> u64 {
        self.search.next_u64()
    }
}

#[track_caller]
fn fail(payload: Box<dyn Any + Send>, orders: usize, threads: usize) -> ! {
    let message = payload.downcast_ref::<String>().map_or("", String::as_str);
    let spins = message.starts_with("exceeded max_steps");
    if !spins && !message.starts_with("deadlock!") {
        resume_unwind(payload);
    }
    let what = match (threads, spins) {
        (..=1, false) => {
            "there is only one thread, and it waits for ever: nobody else is there to wake it, or to release a lock".to_owned()
        }
        (..=1, true) => "there is only one thread, and it goes round for ever: it spins".to_owned(),
        (_, spins) => {
            let end = if spins {
                "a thread goes round for ever: it spins"
            } else {
                "everybody sleeps and nobody is left to wake them"
            };
            let order = grouped(orders as u64);
            format!("in one of the orders in which these threads can run, {end} (order {order} of those that were tried)")
        }
    };
    panic!("{what}{}", notes::in_words())
}
