//! A paused function may point into itself, so it must stay where it is.
//!
//! A future is moved freely until it is polled, and never after: that is what the `Pin` in the
//! signature of `poll` says. This library has a value that points into itself, careless
//! ([`Marked`]) and pinned ([`Reader`]), and a future that holds another one and polls it where it
//! lies ([`Timed`]), with the projection by hand and by `pin-project-lite`.
//!
//! | item | what it is |
//! | --- | --- |
//! | [`Marked`] | a value that points into itself and may be moved: its pointer is left behind |
//! | [`Reader`] | the same with a promise: it is used pinned only, so it may follow its pointer |
//! | [`timed()`] | any future, with its polls counted and timed |
//! | [`by_hand`] | the same future, with the `unsafe` that the macro writes |
//!
//! ```
//! use futures_by_hand::yield_now;
//! use pinning::timed;
//! use shared::narrate::VirtualClock;
//! use std::time::Duration;
//!
//! let clock = VirtualClock::new();
//! let work = async {
//!     clock.advance(Duration::from_secs(2)); // as if it computed
//!     yield_now().await;
//!     "done"
//! };
//! let (word, tally) = wakers::block_on(timed(work, || clock.now()));
//! assert_eq!((word, tally.polls, tally.busy), ("done", 2, Duration::from_secs(2)));
//! ```

pub mod by_hand;
mod itself;
mod tally;
mod timed;

pub use itself::{Marked, Reader};
pub use tally::Tally;
pub use timed::{Timed, timed};
