//! What every lesson uses and none teaches, in four rooms.
//!
//! | room | for whom | what is there |
//! | --- | --- | --- |
//! | [`narrate`] | a lesson's program | its output, a clock that it moves itself, random numbers from a seed |
//! | [`record`] | timelines | who polled, waited and woke: events, and the pictures, texts and traces made of them |
//! | [`probe`] | checks and tests | counting wakers, bounded runners, sockets, watchdogs, every order of threads |
//! | [`figures`] | whoever measures | medians with their spread, allocations, charts and tables |
//!
//! No room uses another. What they have in common is small, and stands in `base`; [`wake_all`] is
//! the one piece of it that lessons use as well.
//!
//! A first look: a future that returns `Pending` and tells nobody, judged in words.
//!
//! ```
//! use shared::probe::Bounded;
//!
//! let report = Bounded::new().run(std::future::pending::<()>());
//! assert_eq!(
//!     report.to_string(),
//!     "polled once, returned Pending, cloned the waker 0 times: nobody can ever wake this task"
//! );
//! ```

mod base;
pub mod figures;
pub mod narrate;
pub mod probe;
pub mod record;

pub use base::wake_all;
