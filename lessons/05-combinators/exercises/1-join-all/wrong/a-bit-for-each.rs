//! Wrong: notes in the bits of one integer who is finished.
//! Caught by: `it_waits_for_hundreds_of_futures`
//! Because: an integer has 64 bits, and nobody promised that there are no more futures than that. (In a release build,
//!   the shift wraps, and two futures share a bit.)
//! Says: attempt to shift left with overflow

use std::pin::Pin;
use std::task::{Context, Poll};

pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    let outputs = futures.iter().map(|_| None).collect();
    JoinAll { children: futures.into_iter().map(|f| Some(Box::pin(f))).collect(), outputs, done: 0 }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: Vec<Option<Pin<Box<F>>>>,
    outputs: Vec<Option<F::Output>>,
    done: u64,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        for (i, child) in this.children.iter_mut().enumerate() {
            if this.done & (1 << i) != 0 {
                continue;
            }
            if let Poll::Ready(output) = child.as_mut().unwrap().as_mut().poll(cx) {
                this.done |= 1 << i;
                this.outputs[i] = Some(output);
                *child = None;
            }
        }
        if this.done.count_ones() as usize == this.children.len() {
            return Poll::Ready(this.outputs.iter_mut().map(|o| o.take().unwrap()).collect());
        }
        Poll::Pending
    }
}
