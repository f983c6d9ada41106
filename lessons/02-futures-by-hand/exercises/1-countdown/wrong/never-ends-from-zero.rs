//! Wrong: takes the announcement of 1 for the end.
//! Caught by: `counting_from_zero_is_ready_at_the_first_poll`
//! Because: a countdown from 0 never announces a 1, so it is pending for ever. The end is that no number is left.
//! Says: so its first poll has to return Ready("lift-off"). It returned Pending

use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts down, and is then ready with "lift-off".
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    left: u32,
    announce: Box<dyn FnMut(u32)>,
    last_announced: Option<u32>,
}

impl Countdown {
    pub fn new(from: u32, announce: impl FnMut(u32) + 'static) -> Self {
        Self { left: from, announce: Box::new(announce), last_announced: None }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<&'static str> {
        let this = self.get_mut();
        if this.last_announced == Some(1) {
            return Poll::Ready("lift-off");
        }
        if this.left > 0 {
            (this.announce)(this.left);
            this.last_announced = Some(this.left);
            this.left -= 1;
        }
        Poll::Pending
    }
}
