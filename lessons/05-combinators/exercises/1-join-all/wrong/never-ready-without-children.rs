//! Wrong: asks whether all are done only when a child has just got ready.
//! Caught by: `with_nobody_to_wait_for_it_is_ready_at_once`
//! Because: with no children, no child ever gets ready. The whole says Pending, and there is nobody who could wake it.
//! Says: all are done from the start

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    let total = futures.len();
    let children = futures.into_iter().map(|future| Some(Box::pin(future))).collect();
    JoinAll { children, outputs: Vec::new(), total }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    /// `None` is one that is finished.
    children: Vec<Option<Pin<Box<F>>>>,
    outputs: Vec<(usize, F::Output)>,
    total: usize,
}

// The futures are pinned in their boxes, and an output is never pinned: the whole may be moved.
impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        for place in 0..this.children.len() {
            let Some(child) = &mut this.children[place] else { continue };
            if let Poll::Ready(output) = child.as_mut().poll(cx) {
                this.children[place] = None;
                this.outputs.push((place, output));
                if this.outputs.len() == this.total {
                    this.outputs.sort_by_key(|(place, _)| *place);
                    return Poll::Ready(this.outputs.drain(..).map(|(_, output)| output).collect());
                }
            }
        }
        Poll::Pending
    }
}
