//! Wrong: announces before it looks whether a number is left.
//! Caught by: `after_the_last_number_it_is_ready`
//! Because: the poll that returns `Ready` has no number to announce, and announces 0.
//! Says: the poll that is ready announced 0 as well

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
        (this.announce)(this.left);
        if this.left == 0 {
            return Poll::Ready("lift-off");
        }
        this.left -= 1;
        Poll::Pending
    }
}
