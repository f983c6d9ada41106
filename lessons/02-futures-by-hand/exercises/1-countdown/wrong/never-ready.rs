//! Wrong: never returns `Ready`.
//! Caught by: `after_the_last_number_it_is_ready`
//! Because: `Pending` is taken for "there is nothing left to do". It means "ask me again": whoever awaits this asks for ever.
//! Says: Its third poll returned Pending, and has to return Ready("lift-off")

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
        if this.left > 0 {
            (this.announce)(this.left);
            this.left -= 1;
        }
        Poll::Pending
    }
}
