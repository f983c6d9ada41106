//! Right: each child has the number of its place beside it, and so has each output, until the end
//!   sorts them.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all futures at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll {
        children: futures.into_iter().map(Box::pin).enumerate().collect(),
        outputs: Vec::new(),
    }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: Vec<(usize, Pin<Box<F>>)>,
    outputs: Vec<(usize, F::Output)>,
}

// The futures are pinned in their boxes, and an output is never pinned: the whole may be moved.
impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let mut at = 0;
        while at < this.children.len() {
            let (place, child) = &mut this.children[at];
            match child.as_mut().poll(cx) {
                Poll::Ready(output) => {
                    this.outputs.push((*place, output));
                    this.children.remove(at);
                }
                Poll::Pending => at += 1,
            }
        }
        if !this.children.is_empty() {
            return Poll::Pending;
        }
        this.outputs.sort_by_key(|(place, _)| *place);
        Poll::Ready(this.outputs.drain(..).map(|(_, output)| output).collect())
    }
}
