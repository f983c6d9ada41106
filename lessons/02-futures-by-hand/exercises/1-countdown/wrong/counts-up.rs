//! Wrong: counts up instead of down.
//! Caught by: `one_poll_announces_one_number`
//! Because: the place is how many numbers have been announced, and that is announced instead of what is left.
//! Says: the first poll of a countdown from 3 announced 1. One poll announces one number, here 3

use std::pin::Pin;
use std::task::{Context, Poll};

/// Counts from 1 up to `from`, and is then ready with "lift-off".
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    from: u32,
    announced: u32,
    announce: Box<dyn FnMut(u32)>,
}

impl Countdown {
    pub fn new(from: u32, announce: impl FnMut(u32) + 'static) -> Self {
        Self { from, announced: 0, announce: Box::new(announce) }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<&'static str> {
        let this = self.get_mut();
        if this.announced == this.from {
            return Poll::Ready("lift-off");
        }
        this.announced += 1;
        (this.announce)(this.announced);
        Poll::Pending
    }
}
