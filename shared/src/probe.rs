//! For checks: what an exercise's check stands on.
//!
//! A check judges an answer by what can be counted: polls, wakes, clones and drops of the waker,
//! the order of events. Each probe can say what it saw in words, because that is what a learner
//! reads when the check fails.
//!
//! - [`WakerProbe`]: a waker that counts what is done with it.
//! - [`Bounded`]: polls a future under limits, and returns a [`Report`] with a [`Verdict`].
//! - [`caught`]: a panic of an answer, with its words and its place, to be told with what went
//!   before.
//! - [`Pollers`]: two tasks that poll one future in turns, in every order that an answer may
//!   mistake.
//! - [`naive`]: polls a future until it is ready and asks nothing of its wakers.
//! - [`Scripted`]: a future that is pending as often as it is told, and notices when it is misused.
//! - [`Journal`]: what happened, in order.
//! - [`Stays`]: a future that must not be moved, and notes where it is polled and dropped: for
//!   answers that may do anything to it.
//! - [`Panics`]: a future that panics in a poll, or when it is dropped.
//! - [`Rooted`]: the same around another future; it panics as soon as it is moved although it has
//!   been pinned.
//! - [`is_unpin!`](is_unpin): whether a value's type may move although it is pinned.
//! - [`Socket`] and [`Listener`]: sockets in non-blocking mode, whose other side does as it is
//!   told.
//! - [`unexplained`]: finds an `unsafe` block that says nothing of safety.
//! - [`uses`]: finds out whether an answer names a thread, or a clock, of std's.
//! - [`watchdog`]: ends a check whose answer blocks.
//! - [`written_from_within`]: formats a value while it is being formatted, to find a lock that is
//!   held.
//! - [`times`]: says a count as a person would.
#![cfg_attr(
    feature = "explore",
    doc = "- [`explore`]: every order in which threads can run, tried one by one."
)]

mod bounded;
mod caught;
#[cfg(feature = "explore")]
pub mod explore;
mod journal;
mod listener;
mod panics;
mod paths;
mod pollers;
mod readiness;
mod rooted;
mod scripted;
mod socket;
mod stays;
mod unexplained;
mod unpin;
mod uses;
mod waker;
mod watchdog;
mod written;

pub use bounded::{Bounded, Report, Verdict, naive};
pub use caught::{Caught, caught};
pub use journal::Journal;
pub use listener::{Clients, Listener};
pub use panics::{PanicLog, Panics};
pub use pollers::Pollers;
pub use readiness::Ready;
pub use rooted::Rooted;
pub use scripted::{ScriptLog, Scripted};
pub use socket::{Peer, Socket};
pub use stays::{Stays, Trail};
pub use unexplained::unexplained;
pub use unpin::is_unpin;
#[doc(hidden)]
pub use unpin::{__IsNotUnpin, __Type};
pub use uses::uses;
pub use waker::WakerProbe;
pub use watchdog::watchdog;
pub use written::{displayed_from_within, written_from_within};

pub use crate::base::times;
