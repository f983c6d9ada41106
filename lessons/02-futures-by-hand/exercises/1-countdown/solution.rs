//! A countdown that announces its numbers, one at each poll.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts down, and is then ready with "lift-off".
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
        Self { left: from, announce: Box::new(announce) }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<&'static str> {
        let this = self.get_mut();
        // Asked first, so that a countdown from 0 is ready at once and nothing is announced at the
        // end.
        if this.left == 0 {
            return Poll::Ready("lift-off");
        }
        (this.announce)(this.left);
        // The place where it stands, for the next poll: a local variable would be gone by then.
        this.left -= 1;
        Poll::Pending
    }
}
