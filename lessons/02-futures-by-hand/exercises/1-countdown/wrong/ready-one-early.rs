//! Wrong: is ready one poll early.
//! Caught by: `it_is_pending_once_for_every_number`
//! Because: the question whether a number is left is asked after counting, so the poll that announces the last number is
//!   already the end. (A countdown from 0 counts below zero, too.)
//! Says: the third poll of a countdown from 3 returned Ready("lift-off") and announced 1. It is too early

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
        this.left -= 1;
        if this.left == 0 { Poll::Ready("lift-off") } else { Poll::Pending }
    }
}
