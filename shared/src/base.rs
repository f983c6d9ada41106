//! What the rooms have in common: counts in words, escapes, a canvas, and a way to call wakers.

pub(crate) mod canvas;
mod counts;
mod escape;
mod wake;

pub use counts::times;
pub(crate) use counts::{counted, grouped};
pub(crate) use escape::{Json, Xml};
pub use wake::wake_all;
