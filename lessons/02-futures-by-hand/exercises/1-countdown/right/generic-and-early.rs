//! Right: the countdown is generic over its closure, and writes all its numbers down when it is
//!   made.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts down, and is then ready with "lift-off".
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown<F> {
    /// The numbers to announce, the next one last.
    left: Vec<u32>,
    announce: F,
}

impl<F: FnMut(u32) + 'static> Countdown<F> {
    /// A countdown from `from` to 1 that will call `announce` with each number.
    pub fn new(from: u32, announce: F) -> Self {
        Self { left: (1..=from).collect(), announce }
    }
}

impl<F: FnMut(u32) + Unpin> Future for Countdown<F> {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<&'static str> {
        let this = self.get_mut();
        let Some(number) = this.left.pop() else { return Poll::Ready("lift-off") };
        (this.announce)(number);
        Poll::Pending
    }
}
