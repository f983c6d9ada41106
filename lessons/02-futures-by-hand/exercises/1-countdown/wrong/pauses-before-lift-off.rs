//! Wrong: returns one more `Pending` between the last number and "lift-off".
//! Caught by: `after_the_last_number_it_is_ready`
//! Because: the poll after the last number has nothing to announce and nothing to wait for, and says `Pending` all the same.
//! Says: Its third poll returned Pending, and has to return Ready("lift-off"): one Pending for each number, and not one more

use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts down, and is then ready with "lift-off".
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    left: u32,
    over: bool,
    announce: Box<dyn FnMut(u32)>,
}

impl Countdown {
    pub fn new(from: u32, announce: impl FnMut(u32) + 'static) -> Self {
        Self { left: from, over: from == 0, announce: Box::new(announce) }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<&'static str> {
        let this = self.get_mut();
        if this.over {
            return Poll::Ready("lift-off");
        }
        if this.left == 0 {
            this.over = true;
        } else {
            (this.announce)(this.left);
            this.left -= 1;
        }
        Poll::Pending
    }
}
