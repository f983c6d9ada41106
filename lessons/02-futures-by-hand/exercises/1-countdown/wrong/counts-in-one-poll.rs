//! Wrong: counts to the end within the first poll.
//! Caught by: `one_poll_announces_one_number`
//! Because: a poll that runs to the end does not share: nobody else gets a turn between two numbers.
//! Says: announced 3, 2, 1. One poll announces one number, here 3, and comes back

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
        while this.left > 0 {
            (this.announce)(this.left);
            this.left -= 1;
        }
        Poll::Ready("lift-off")
    }
}
