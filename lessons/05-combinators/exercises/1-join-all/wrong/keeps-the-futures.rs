//! Wrong: keeps the finished futures until all are done.
//! Caught by: `a_finished_child_is_dropped_at_once`
//! Because: a future that is done still owns what it worked with. Ninety-nine connections stay open until the hundredth
//!   answers.
//! Says: what it holds (a connection, a lock, memory) is released only when the slowest of its siblings is done

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll { children: futures.into_iter().map(Box::pin).collect(), outputs: Vec::new() }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    /// In the order of the futures.
    children: Vec<Pin<Box<F>>>,
    outputs: Vec<Option<F::Output>>,
}

// The futures are pinned in their boxes, and an output is never pinned: the whole may be moved.
impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        this.outputs.resize_with(this.children.len(), || None);
        for (child, output) in this.children.iter_mut().zip(&mut this.outputs) {
            if output.is_none()
                && let Poll::Ready(value) = child.as_mut().poll(cx)
            {
                *output = Some(value);
            }
        }
        if this.outputs.iter().all(Option::is_some) {
            Poll::Ready(this.outputs.drain(..).flatten().collect())
        } else {
            Poll::Pending
        }
    }
}
