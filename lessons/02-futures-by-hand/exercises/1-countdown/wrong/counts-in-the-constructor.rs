//! Wrong: counts in the constructor.
//! Caught by: `making_a_countdown_announces_nothing`
//! Because: the work is done by whoever makes the future, at once. The future that is left over has nothing to do, and
//!   whoever makes it and never polls it has counted all the same.
//! Says: nobody has polled yet, and it has already announced 3, 2, 1

use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Countdown {
    left: u32,
}

impl Countdown {
    pub fn new(from: u32, mut announce: impl FnMut(u32) + 'static) -> Self {
        for number in (1..=from).rev() {
            announce(number);
        }
        Self { left: from }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<&'static str> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready("lift-off");
        }
        this.left -= 1;
        Poll::Pending
    }
}
