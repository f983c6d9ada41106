//! Wrong: keeps its place in a `static`.
//! Caught by: `two_countdowns_keep_their_own_place`
//! Because: it does outlive the poll, but there is one for the whole program. Two countdowns count in the same place; each has
//!   to have its own, in its struct.
//! Says: the first poll of a countdown from 2, with one from 5 beside it, announced 5, and its turn was 2

use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};

static LEFT: AtomicU32 = AtomicU32::new(0);

/// Counts down, and is then ready with "lift-off".
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    announce: Box<dyn FnMut(u32)>,
}

impl Countdown {
    pub fn new(from: u32, announce: impl FnMut(u32) + 'static) -> Self {
        LEFT.store(from, Ordering::Relaxed);
        Self { announce: Box::new(announce) }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<&'static str> {
        let this = self.get_mut();
        let left = LEFT.load(Ordering::Relaxed);
        if left == 0 {
            return Poll::Ready("lift-off");
        }
        (this.announce)(left);
        LEFT.store(left - 1, Ordering::Relaxed);
        Poll::Pending
    }
}
