//! Wrong: counts in a local variable.
//! Caught by: `it_is_pending_once_for_every_number`
//! Because: a local variable is gone when `poll` returns. The next poll starts from the first number again.
//! Says: the second poll of a countdown from 3 announced 3, and its turn was 2

use std::pin::Pin;
use std::task::{Context, Poll};

pub struct Countdown {
    left: u32,
    announce: Box<dyn FnMut(u32)>,
}

impl Countdown {
    pub fn new(from: u32, announce: impl FnMut(u32) + 'static) -> Self {
        Self { left: from, announce: Box::new(announce) }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<&'static str> {
        let this = self.get_mut();
        let mut left = this.left;
        if left == 0 {
            return Poll::Ready("lift-off");
        }
        (this.announce)(left);
        left -= 1;
        Poll::Pending
    }
}
