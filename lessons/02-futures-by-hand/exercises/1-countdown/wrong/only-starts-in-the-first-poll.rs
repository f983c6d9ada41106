//! Wrong: does nothing in the first poll but note that it has begun.
//! Caught by: `one_poll_announces_one_number`
//! Because: a future needs no poll of its own to start: the first poll runs up to the first place where it has to wait. Here
//!   every number is one poll late.
//! Says: the first poll of a countdown from 3 announced nothing

use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts down, and is then ready with "lift-off".
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    started: bool,
    left: u32,
    announce: Box<dyn FnMut(u32)>,
}

impl Countdown {
    pub fn new(from: u32, announce: impl FnMut(u32) + 'static) -> Self {
        Self { started: false, left: from, announce: Box::new(announce) }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<&'static str> {
        let this = self.get_mut();
        if !this.started {
            // The first poll starts it. The numbers come afterwards.
            this.started = true;
            return Poll::Pending;
        }
        if this.left == 0 {
            return Poll::Ready("lift-off");
        }
        (this.announce)(this.left);
        this.left -= 1;
        Poll::Pending
    }
}
