//! Pending is a promise to call back.
//!
//! A future that returns `Pending` has kept a waker, or knows somebody who has; whoever changes
//! what it waits for calls that waker; and only then is the future polled again.
//!
//! | item | what it is |
//! | --- | --- |
//! | [`Signal`] | a wake that is remembered until a thread has seen it, and a waker by the `Wake` trait |
//! | [`raw_waker`] | the same waker, by a table of functions |
//! | [`block_on`] | a thread that polls a future, and sleeps until it is called |
//! | [`oneshot`] | a channel for one value: a state, a result, and someone to call back |
//! | [`sleep()`] | a timer served by a helper thread |
//!
//! ```
//! use std::thread;
//! use wakers::{block_on, oneshot};
//!
//! let (sender, receiver) = oneshot::channel();
//! thread::spawn(move || sender.send(6 * 7));
//! assert_eq!(block_on(receiver), Ok(42));
//! ```

mod block_on;
pub mod oneshot;
mod raw;
mod sleep;
mod waker;

pub use block_on::block_on;
pub use raw::raw_waker;
pub use sleep::{Sleep, sleep};
pub use waker::Signal;

// ANCHOR: seam
/// The locks that `oneshot` and `waker` use. A test puts a model checker's in their place, and
/// tries every order.
mod sync {
    pub use std::sync::{Mutex, MutexGuard, PoisonError, atomic};
}

/// The threads that `waker` uses, for the same reason. Parking is std's, and where a run is
/// recorded it is noted before and after.
mod thread {
    pub use shared::record::{park, park_timeout};
    pub use std::thread::{Thread, current};
}
// ANCHOR_END: seam
