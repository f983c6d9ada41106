//! Wrong: puts each output at the end when its child gets ready.
//! Caught by: `the_outputs_come_in_the_order_of_the_futures`
//! Because: the outputs are then in the order in which the children got ready, and nobody can tell any more which is whose.
//! Says: the first output belongs to the first future, whoever gets ready first

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll { children: futures.into_iter().map(Box::pin).collect(), outputs: Vec::new() }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    /// Those that are not finished.
    children: Vec<Pin<Box<F>>>,
    outputs: Vec<F::Output>,
}

// The futures are pinned in their boxes, and an output is never pinned: the whole may be moved.
impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let outputs = &mut this.outputs;
        this.children.retain_mut(|child| match child.as_mut().poll(cx) {
            Poll::Ready(output) => {
                outputs.push(output);
                false
            }
            Poll::Pending => true,
        });
        if this.children.is_empty() {
            Poll::Ready(std::mem::take(&mut this.outputs))
        } else {
            Poll::Pending
        }
    }
}
