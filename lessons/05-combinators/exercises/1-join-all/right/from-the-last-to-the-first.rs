//! Right: the children are polled from the last to the first, finished ones are swapped out, and a
//!   heap sorts the outputs.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll {
        children: futures.into_iter().map(Box::pin).enumerate().collect(),
        outputs: BinaryHeap::new(),
    }
}

struct Numbered<T>(usize, T);

impl<T> PartialEq for Numbered<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Numbered<T> {}
impl<T> PartialOrd for Numbered<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Numbered<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: Vec<(usize, Pin<Box<F>>)>,
    outputs: BinaryHeap<Numbered<F::Output>>,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { children, outputs } = self.get_mut();
        // From the last to the first: what `swap_remove` puts in a place has been polled.
        for i in (0..children.len()).rev() {
            let (place, child) = &mut children[i];
            if let Poll::Ready(output) = child.as_mut().poll(cx) {
                outputs.push(Numbered(*place, output));
                children.swap_remove(i);
            }
        }
        if !children.is_empty() {
            return Poll::Pending;
        }
        Poll::Ready(
            std::mem::take(outputs)
                .into_sorted_vec()
                .into_iter()
                .map(|Numbered(_, output)| output)
                .collect(),
        )
    }
}
