//! What an exercise's check stands on.
//!
//! A check judges an answer by what can be counted: polls, wakes, clones and drops of the waker, the order of events.
//! Each probe can say what it saw in words, because that is what a learner reads when the check fails.
//!
//! - [`WakerProbe`]: a waker that counts what is done with it.
//! - [`Bounded`]: polls a future under limits, and returns a [`Report`] with a [`Verdict`].
//! - [`naive`]: polls a future until it is ready and asks nothing of its wakers.
//! - [`Scripted`]: a future that is pending as often as it is told, and notices when it is misused.
//! - [`Journal`]: what happened, in order.
//! - [`unexplained`]: finds an `unsafe` block that says nothing of safety.
//! - [`uses`]: finds out whether an answer names a thread, or a clock, of std's.
//! - [`watchdog`]: ends a check whose answer blocks.
//! - [`times`]: says a count as a person would.

mod bounded;
mod journal;
mod scripted;
mod unexplained;
mod uses;
mod waker;
mod watchdog;

pub use bounded::{Bounded, Report, Verdict, naive};
pub use journal::Journal;
pub use scripted::{ScriptLog, Scripted};
pub use unexplained::unexplained;
pub use uses::uses;
pub use waker::WakerProbe;
pub use watchdog::watchdog;

pub use crate::words::times;
