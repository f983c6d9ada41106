//! Wrong: drops what is finished at the end of a poll, if that poll returns Pending.
//!   Based on `right/drops-the-finished-together.rs`.
//! Caught by: `a_finished_child_is_dropped_at_once`
//! Because: the whole is ready, and may be kept: in a struct, or in the `async` block that awaited it. What its last child holds is not released.
//! Says: although the whole has returned Ready

use std::pin::Pin;
use std::task::{Context, Poll};

pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    let outputs = futures.iter().map(|_| None).collect();
    JoinAll {
        children: futures.into_iter().map(|f| Some(Box::pin(f))).collect(),
        outputs,
        last: Vec::new(),
    }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: Vec<Option<Pin<Box<F>>>>,
    outputs: Vec<Option<F::Output>>,
    last: Vec<Option<Pin<Box<F>>>>,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let mut finished = Vec::new();
        for (child, output) in this.children.iter_mut().zip(&mut this.outputs) {
            let Some(future) = child else { continue };
            if let Poll::Ready(value) = future.as_mut().poll(cx) {
                *output = Some(value);
                finished.push(child.take());
            }
        }
        if this.children.iter().any(Option::is_some) {
            drop(finished);
            return Poll::Pending;
        }
        this.last = finished;
        Poll::Ready(std::mem::take(&mut this.outputs).into_iter().flatten().collect())
    }
}
