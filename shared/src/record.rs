//! Who polled, who waited, and who woke whom: events, and the timeline that they make.
//!
//! A [`Recorder`] takes [`Event`]s from any thread and numbers them with logical ticks, so that the same run gives the same
//! recording however busy the machine is. [`Recorder::timeline`] hands out what was recorded; [`Timeline::to_text`] writes
//! it for a terminal.
//!
//! ```
//! use shared::record::{Kind, Outcome, Recorder};
//!
//! let recorder = Recorder::new();
//! let sleeper = recorder.task("sleeper");
//! recorder.record(Some(sleeper), Kind::PollBegin);
//! recorder.record(Some(sleeper), Kind::WakerCloned);
//! recorder.record(Some(sleeper), Kind::PollEnd(Outcome::Pending));
//! recorder.record(Some(sleeper), Kind::Wake { by: None });
//!
//! let text = recorder.timeline().to_text();
//! assert!(text.contains("sleeper  poll ends: Pending"));
//! ```

mod event;
mod recorder;
mod text;

pub use event::{Event, Kind, Outcome, TaskId, ThreadIndex, Timeline};
pub use recorder::Recorder;
