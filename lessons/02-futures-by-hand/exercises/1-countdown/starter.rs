//! A countdown that announces its numbers, one at each poll.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts down, and is then ready with "lift-off". The fields are a suggestion: change them if you
/// like.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    /// The number to announce next.
    left: u32,
    /// Called with each number.
    announce: Box<dyn FnMut(u32)>,
}

impl Countdown {
    /// A countdown from `from` to 1 that will call `announce` with each number.
    pub fn new(from: u32, announce: impl FnMut(u32) + 'static) -> Self {
        todo!("keep what the polls will need")
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        // An ordinary `&mut Countdown`. This is allowed because a `Countdown` may be moved at any
        // time.
        let this = self.get_mut();
        todo!("announce one number and return Pending, or return Ready")
    }
}
