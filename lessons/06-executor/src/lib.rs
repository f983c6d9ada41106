//! The star of the show: a queue of tasks, and the rule that each must share.
//!
//! An [`Executor`] runs any number of tasks on one thread. Each task is a future with a waker of
//! its own; whoever calls that waker puts the task at the end of the queue. Everything else follows
//! from this.
//!
//! | item | what it is |
//! | --- | --- |
//! | [`Executor`] | the run queue, the tasks, and the loop: one turn runs each task that was woken, once |
//! | [`Spawner`] | a handle with which tasks start tasks |
//! | [`running`] | the [`ExecutorId`] of the executor that runs on this thread |
//! | [`JoinHandle`] | a task's result, as a future; it can also abort the task |
//! | [`JoinError`] | why there is no result: a panic, or a cancellation |
//! | [`yield_now`] | lets the others have their turn |
//! | [`Watchdog`] | says which task has kept the thread for too long |
//! | [`Park`] | where the thread sleeps when no task can go on |
//!
//! ```
//! use executor::Executor;
//!
//! let executor = Executor::new();
//! let spawner = executor.spawner();
//! let answer = executor.block_on(async move {
//!     let six = spawner.spawn(async { 6 });
//!     let seven = spawner.spawn(async { 7 });
//!     six.await.unwrap() * seven.await.unwrap()
//! });
//! assert_eq!(answer, 42);
//! ```

mod confined;
mod error;
mod executor;
mod flags;
mod foreign;
mod join;
mod name;
mod park;
mod queue;
mod slots;
mod task;
mod watchdog;

pub use error::JoinError;
pub use executor::{Executor, ExecutorId, Spawner, running};
pub use futures_by_hand::{YieldNow, yield_now};
pub use join::JoinHandle;
pub use park::{Park, ThreadPark};
pub use watchdog::{SlowPoll, Watchdog};

// ANCHOR: seam
/// What `flags` and `queue` take from std. A test puts a model checker's in their place, and tries
/// every order.
mod sync {
    pub use std::sync::{Mutex, MutexGuard, PoisonError, atomic};
}
// ANCHOR_END: seam
