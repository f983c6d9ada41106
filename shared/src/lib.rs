//! What every lesson uses and none teaches.
//!
//! | module | for |
//! | --- | --- |
//! | [`narrate`] | what a lesson's program prints: headings, sentences, aligned facts |
//! | [`record`] | who polled, waited and woke: events, and the timeline they make |
//! | [`clock`] | a clock that stands still until it is told to move |
//! | [`random`] | random numbers that are the same in every run |
//! | [`measure`] | median and spread of repeated measurements |
//! | [`chart`] | what was measured, as data, a chart and a table: the figures that the book quotes |
//! | [`alloc`] | how many allocations, and how many bytes, a piece of code makes |
//! | [`probe`] | what an exercise's check stands on: counting wakers, bounded runners, watchdogs |
//! | [`exercises`] | the build helper that gives every exercise its `answer.rs` |
#![cfg_attr(
    feature = "explore",
    doc = "| [`explore`] | every order in which threads can run, tried one by one |"
)]
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

pub mod alloc;
pub mod chart;
pub mod clock;
mod escape;
pub mod exercises;
#[cfg(feature = "explore")]
pub mod explore;

pub mod measure;
pub mod narrate;
mod paths;
mod picture;
pub mod probe;
pub mod random;
pub mod record;
mod wake;
mod words;

pub use wake::wake_all;
