//! Waiting for many futures at the same time.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll { children: futures.into_iter().map(Box::pin).collect() }
}

/// The future of [`join_all`]. The fields are not enough yet: what has to be remembered from one
/// poll to the next?
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    /// Each is pinned in a box of its own, so that the vector may be changed while they wait.
    children: Vec<Pin<Box<F>>>,
}

// The futures are pinned in their boxes, and an output is never pinned: the whole may be moved.
impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // An ordinary `&mut JoinAll`. This is allowed because it is `Unpin`.
        let this = self.get_mut();
        todo!("poll each child that is not finished, and return Ready once all are")
    }
}
