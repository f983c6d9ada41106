//! Right: puts the finished futures aside until everybody was asked, and drops them together at the
//!   end of the poll.

use std::pin::Pin;
use std::task::{Context, Poll};

pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    let outputs = futures.iter().map(|_| None).collect();
    JoinAll { children: futures.into_iter().map(|f| Some(Box::pin(f))).collect(), outputs }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: Vec<Option<Pin<Box<F>>>>,
    outputs: Vec<Option<F::Output>>,
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
        drop(finished);
        if this.children.iter().any(Option::is_some) {
            return Poll::Pending;
        }
        Poll::Ready(std::mem::take(&mut this.outputs).into_iter().flatten().collect())
    }
}
