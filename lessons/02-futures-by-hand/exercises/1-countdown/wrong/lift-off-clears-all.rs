//! Wrong: keeps the places of all countdowns in one `thread_local!` list, and clears it at
//!   lift-off.
//! Caught by: `two_countdowns_keep_their_own_place`
//! Because: the end of one countdown is not the end of the others, and they find their place
//!   gone.
//! Says: a poll of the countdown from 5, after the one from 2 was over, returned Ready("lift-off")

use std::cell::RefCell;
use std::pin::Pin;
use std::task::{Context, Poll};

thread_local! {
    static LEFT: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// Counts down, and is then ready with "lift-off".
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    /// Where the number to announce next stands.
    place: usize,
    /// Called with each number.
    announce: Box<dyn FnMut(u32)>,
}

impl Countdown {
    /// A countdown from `from` to 1 that will call `announce` with each number.
    pub fn new(from: u32, announce: impl FnMut(u32) + 'static) -> Self {
        let place = LEFT.with_borrow_mut(|left| {
            left.push(from);
            left.len() - 1
        });
        Self { place, announce: Box::new(announce) }
    }
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<&'static str> {
        let this = self.get_mut();
        // Asked first, so that a countdown from 0 is ready at once and nothing is announced at the
        // end.
        let left = LEFT.with_borrow(|left| left.get(this.place).copied()).unwrap_or(0);
        if left == 0 {
            LEFT.take();
            return Poll::Ready("lift-off");
        }
        (this.announce)(left);
        // The place where it stands, for the next poll: a local variable would be gone by then.
        LEFT.with_borrow_mut(|all| all[this.place] = left - 1);
        Poll::Pending
    }
}
