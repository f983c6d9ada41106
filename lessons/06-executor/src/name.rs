//! What a task is called.

use std::borrow::Cow;
use std::fmt;
use std::panic::Location;

/// What a task is called in messages.
#[derive(Clone, Debug)]
pub(crate) enum Name {
    Given(Cow<'static, str>),
    /// The place in the source where it was spawned.
    At(&'static Location<'static>),
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Name::Given(name) => f.write_str(name),
            Name::At(place) => write!(f, "{}:{}", place.file(), place.line()),
        }
    }
}
