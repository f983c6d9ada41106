//! Waiting for two futures at once.

use std::fmt::{self, Debug};
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::maybe_done::MaybeDone;

/// Waits for both futures at the same time, and gives both values.
///
/// Each poll polls each side that is not ready yet, the left one first. A side that is ready is
/// dropped at once; its value is kept for the other one.
///
/// Both sides are one task: a wake for one of them polls both.
///
/// *Cancellation:* dropping the future drops both sides, and a value that one of them has left.
///
/// # Panics
///
/// `poll` panics where a side does, and when it is called again after `Ready`.
///
/// ```
/// use combinators::join;
/// use futures_by_hand::{countdown, poll_until_ready};
///
/// // One after the other, they would take 7 polls: the poll that ends the first begins the second.
/// assert_eq!(poll_until_ready(join(countdown(2), countdown(4))), ((2, 4), 5));
/// ```
// ANCHOR: join
pub fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    Join { left: MaybeDone::new(left), right: MaybeDone::new(right) }
}

pin_project! {
    /// The future of [`join`].
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Join<A: Future, B: Future> {
        #[pin]
        left: MaybeDone<A>,
        #[pin]
        right: MaybeDone<B>,
    }
}

impl<A: Future, B: Future> Future for Join<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let is_left_ready = this.left.as_mut().is_ready(cx);
        let is_right_ready = this.right.as_mut().is_ready(cx);
        if !(is_left_ready && is_right_ready) {
            return Poll::Pending;
        }
        let both = this.left.take().zip(this.right.take());
        Poll::Ready(both.expect("`Join` polled after completion"))
    }
}
// ANCHOR_END: join

impl<A, B> Debug for Join<A, B>
where
    A: Future<Output: Debug> + Debug,
    B: Future<Output: Debug> + Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Join").field("left", &self.left).field("right", &self.right).finish()
    }
}
