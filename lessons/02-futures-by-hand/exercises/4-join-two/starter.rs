//! Waiting for two futures at the same time.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for `left` and `right` at the same time.
pub fn join<A: Future, B: Future>(left: A, right: B) -> Join<A, B> {
    Join { left, right }
}

/// The future of [`join`]. The fields are not enough yet: what has to be remembered from one poll
/// to the next?
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Join<A: Future, B: Future> {
    left: A,
    right: B,
}

impl<A, B> Future for Join<A, B>
where
    A: Future + Unpin,
    B: Future + Unpin,
    A::Output: Unpin,
    B::Output: Unpin,
{
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // An ordinary `&mut Join`. This is allowed because all its parts are `Unpin`.
        let this = self.get_mut();
        todo!("poll each side that is not finished, and return Ready once both are")
    }
}
