//! For timelines: who polled, who waited, and who woke whom: events, and the timeline that they
//! make.
//!
//! A [`Recorder`] takes [`Event`]s from any thread and numbers them with logical ticks, so that the
//! same run gives the same recording however busy the machine is. [`Recorder::future`] and
//! [`Recorder::task`] wrap a future, so that its polls and the uses of its waker are recorded,
//! whichever runtime runs it. [`Recorder::timeline`] hands out what was recorded; a [`Timeline`]
//! can be written [as text](Timeline::to_text), [as a picture](Timeline::to_svg), [for a trace
//! viewer](Timeline::to_chrome), or [as data](Timeline::to_json).
//!
//! ```
//! use shared::probe::Bounded;
//! use shared::record::{Recorder, TextStyle};
//!
//! let recorder = Recorder::new();
//! let inner = recorder.future("inner", std::future::ready(17)).showing(|value| value.to_string());
//! let outer = recorder.future("outer", inner);
//! assert_eq!(Bounded::new().run(outer).expect_ready(), 17);
//!
//! let timeline = recorder.timeline();
//! let sentences: Vec<_> = timeline.events.iter().map(|event| timeline.sentence(event)).collect();
//! assert_eq!(sentences[1..], [
//!     "outer polls inner",
//!     "inner returns Ready(17)",
//!     "outer returns Ready",
//!     "outer is dropped",
//!     "inner is dropped",
//! ]);
//! println!("{}", timeline.to_text(&TextStyle::default()));
//! ```
//!
//! # The same recording in every run
//!
//! Where two threads record at the same time, chance decides which event comes first.
//! [`Recorder::wait_for`] takes chance out: a thread waits until the other has recorded what must
//! come before.
//!
//! ```
//! use shared::record::{Kind, Recorder};
//! use std::thread;
//!
//! let recorder = Recorder::new();
//! thread::scope(|scope| {
//!     let main = thread::current();
//!     scope.spawn({
//!         let recorder = recorder.clone();
//!         move || {
//!             // Not before the main thread sleeps, however late that is.
//!             recorder.wait_for(|event| event.kind == Kind::Park);
//!             // Not before the wait: a thread's place in the recording is fixed when it is first heard of.
//!             recorder.name_thread("helper");
//!             recorder.note(|| "time to get up".into());
//!             main.unpark();
//!         }
//!     });
//!     recorder.park();
//!     thread::park();
//!     recorder.unpark();
//! });
//!
//! let kinds: Vec<_> = recorder.timeline().events.into_iter().map(|event| event.kind).collect();
//! assert_eq!(kinds, [Kind::Park, Kind::Note, Kind::Unpark]);
//! ```
//!
//! A waker records its wake *before* it passes it on, so what the wake causes always has a later
//! tick. What the waking thread does *after* a wake races with the woken one: let it record nothing
//! more, or let it wait again.

mod chrome;
mod event;
mod json;
mod lanes;
mod park;
mod recorder;
mod requested;
mod sentence;
mod stack;
mod svg;
mod text;
mod traced;
mod track;
mod waker;

pub use event::{Event, Kind, Outcome, Position, Task, TaskId, ThreadIndex, Timeline, Vocabulary};
pub use park::{interest, park, park_timeout, parked, readiness};
pub use recorder::Recorder;
pub use requested::{Format, Misuse, Request, Run, timeline_if_asked};
pub use svg::Figure;
pub use text::{Charset, TextStyle};
pub use traced::Traced;
pub use track::Track;
