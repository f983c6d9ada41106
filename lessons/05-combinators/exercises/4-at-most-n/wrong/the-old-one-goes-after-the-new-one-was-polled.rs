//! Wrong: puts the finished one aside, and drops it when the next one is finished.
//!   Based on `right/the-new-one-replaces-the-old-one.rs`.
//! Caught by: `a_finished_one_is_dropped_at_once`
//! Because: the new one is polled, and opens its connection, while the finished one still has its own: there are more than n.
//! Says: Input 1 was polled for the first time while input 0

use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs the futures that `inputs` makes, at most `n` of them at the same time. The outputs come in the order of the inputs.
pub fn at_most<F, I>(n: usize, inputs: I) -> AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    AtMost { n, inputs, outputs: Vec::new(), in_flight: Vec::new() }
}

/// The future of [`at_most`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct AtMost<F: Future, I> {
    n: usize,
    inputs: I,
    /// One for each that was taken.
    outputs: Vec<Option<F::Output>>,
    /// Those that were taken from `inputs` and are not finished, each with its place.
    in_flight: Vec<(usize, Pin<Box<F>>)>,
}

impl<F: Future, I> Unpin for AtMost<F, I> {}

impl<F, I> Future for AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        while this.in_flight.len() < this.n {
            let Some(future) = this.inputs.next() else { break };
            this.in_flight.push((this.outputs.len(), Box::pin(future)));
            this.outputs.push(None);
        }
        let mut aside = None;
        let mut i = 0;
        while i < this.in_flight.len() {
            let (place, future) = &mut this.in_flight[i];
            let Poll::Ready(output) = future.as_mut().poll(cx) else {
                i += 1;
                continue;
            };
            this.outputs[*place] = Some(output);
            drop(aside.take());
            match this.inputs.next() {
                // The old one goes when the new one takes its place.
                Some(next) => {
                    let next = (this.outputs.len(), Box::pin(next));
                    aside = Some(std::mem::replace(&mut this.in_flight[i], next));
                    this.outputs.push(None);
                }
                None => drop(this.in_flight.remove(i)),
            }
        }
        if this.in_flight.is_empty() {
            let outputs = std::mem::take(&mut this.outputs);
            return Poll::Ready(outputs.into_iter().map(|output| output.unwrap()).collect());
        }
        Poll::Pending
    }
}
