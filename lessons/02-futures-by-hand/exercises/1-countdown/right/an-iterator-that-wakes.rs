//! Right: the numbers are an iterator in a box, and every pending poll wakes the task twice.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts down, and is then ready with "lift-off".
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    numbers: Box<dyn Iterator<Item = u32>>,
    announce: Box<dyn FnMut(u32)>,
}

impl Countdown {
    /// A countdown from `from` to 1 that will call `announce` with each number.
    pub fn new(from: u32, announce: impl FnMut(u32) + 'static) -> Self {
        Self { numbers: Box::new((1..=from).rev()), announce: Box::new(announce) }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        match self.numbers.next() {
            Some(number) => {
                cx.waker().wake_by_ref();
                (self.announce)(number);
                cx.waker().clone().wake();
                Poll::Pending
            }
            None => Poll::Ready("lift-off"),
        }
    }
}
