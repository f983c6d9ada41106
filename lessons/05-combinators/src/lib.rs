//! Waiting for several things at once, on one thread, without a runtime.
//!
//! A combinator is a future that holds other futures and polls them. Nothing here starts a thread
//! or needs an executor: any runner that polls the combinator polls what is in it.
//!
//! | item | waits for |
//! | --- | --- |
//! | [`join`], [`join_all`] | all of them |
//! | [`select`] | the first of two, and drops the other |
//! | [`Unordered`] | any number, and gives each value as it comes; a waker for each of them |
//! | [`buffered`] | any number, at most `n` at a time, and gives the values in order |
//! | [`Folder::size`] | an async function that calls itself |
//! | [`retry`] | an async closure, until it succeeds |
//!
//! ```
//! use combinators::{Either, join, select};
//! use std::future::pending;
//! use wakers::{block_on, oneshot};
//!
//! let (sender, receiver) = oneshot::channel();
//! let both = join(receiver, async { sender.send(6) });
//! assert_eq!(block_on(both), (Ok(6), Ok(())));
//!
//! let first = select(pending::<u32>(), async { "done" });
//! assert_eq!(block_on(first), Either::Right("done"));
//! ```

mod buffered;
mod folder;
mod join;
mod join_all;
mod maybe_done;
mod ready_list;
mod retry;
mod select;
mod unordered;

pub use buffered::{Buffered, buffered};
pub use folder::Folder;
pub use join::{Join, join};
pub use join_all::{JoinAll, join_all};
pub use retry::retry;
pub use select::{Either, Select, select};
pub use unordered::Unordered;

// ANCHOR: seam
/// The locks that `ready_list` uses. A test puts a model checker's in their place, and tries every
/// order.
mod sync {
    pub use std::sync::{Mutex, PoisonError, atomic};
}
// ANCHOR_END: seam
