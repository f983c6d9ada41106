//! Wrong: pins the children where they are in the vector, and takes finished ones out of it.
//! Caught by: `a_child_stays_where_it_is`
//! Because: `remove` moves all that come behind. A child that has been polled may point into itself, and must stay where it
//!   is.
//! Says: it was moved after it had been pinned

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll { children: futures.into_iter().enumerate().collect(), outputs: Vec::new() }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    /// Those that are not finished.
    children: Vec<(usize, F)>,
    outputs: Vec<(usize, F::Output)>,
}

// The futures are on the heap, in the vector: the whole may be moved.
impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let mut at = 0;
        while at < this.children.len() {
            let (place, child) = &mut this.children[at];
            // SAFETY: the vector keeps the child on the heap. (It does, but not at the same place.)
            match unsafe { Pin::new_unchecked(child) }.poll(cx) {
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
