//! Futures that wait for nobody: the leaves of a tree.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Gives up control once: the future is pending at the first poll and ready at the second.
///
/// It wakes its task before it returns `Pending`, so that an executor polls it again.
///
/// ```
/// use futures_by_hand::{poll_once, yield_now};
/// use std::task::Poll;
///
/// let mut future = yield_now();
/// assert_eq!(poll_once(&mut future), Poll::Pending);
/// assert_eq!(poll_once(&mut future), Poll::Ready(()));
/// ```
// ANCHOR: yield-now
pub fn yield_now() -> YieldNow {
    YieldNow { yielded: false }
}

/// The future of [`yield_now`]. Once it is ready, it stays ready.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct YieldNow {
    yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.yielded {
            return Poll::Ready(());
        }
        self.yielded = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
// ANCHOR_END: yield-now

/// Counts down by one at each poll: pending `from` times, then ready with `from`.
///
/// It wakes its task before it returns `Pending`, so that an executor polls it again.
///
/// ```
/// use futures_by_hand::{countdown, poll_once};
/// use std::task::Poll;
///
/// let mut future = countdown(1);
/// assert_eq!(poll_once(&mut future), Poll::Pending);
/// assert_eq!(poll_once(&mut future), Poll::Ready(1));
/// ```
// ANCHOR: countdown
pub fn countdown(from: u32) -> Countdown {
    Countdown { from, left: from }
}

/// The future of [`countdown`]. Once it is ready, it stays ready.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Countdown {
    from: u32,
    left: u32,
}

impl Future for Countdown {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        if self.left == 0 {
            return Poll::Ready(self.from);
        }
        self.left -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
// ANCHOR_END: countdown
