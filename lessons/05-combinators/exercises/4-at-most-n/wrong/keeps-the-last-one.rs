//! Wrong: leaves a finished one where it is if there is no new one for its place, and the whole is done.
//!   Based on `right/the-new-one-replaces-the-old-one.rs`.
//! Caught by: `a_finished_one_is_dropped_at_once`
//! Because: the whole is ready, and may be kept: in a struct, or in the `async` block that awaited it. Its last connection stays open.
//! Says: although the whole has returned Ready

use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs the futures that `inputs` makes, at most `n` of them at the same time. The outputs come in the order of the inputs.
pub fn at_most<F, I>(n: usize, inputs: I) -> AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    AtMost { n, inputs, outputs: Vec::new(), last: None, in_flight: Vec::new() }
}

/// The future of [`at_most`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct AtMost<F: Future, I> {
    n: usize,
    inputs: I,
    /// One for each that was taken.
    outputs: Vec<Option<F::Output>>,
    last: Option<Pin<Box<F>>>,
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
        let mut i = 0;
        while i < this.in_flight.len() {
            let (place, future) = &mut this.in_flight[i];
            let Poll::Ready(output) = future.as_mut().poll(cx) else {
                i += 1;
                continue;
            };
            this.outputs[*place] = Some(output);
            match this.inputs.next() {
                // The old one goes when the new one takes its place.
                Some(next) => {
                    this.in_flight[i] = (this.outputs.len(), Box::pin(next));
                    this.outputs.push(None);
                }
                None => {
                    let (_, future) = this.in_flight.remove(i);
                    if this.in_flight.is_empty() {
                        this.last = Some(future);
                    }
                }
            }
        }
        if this.in_flight.is_empty() {
            let outputs = std::mem::take(&mut this.outputs);
            return Poll::Ready(outputs.into_iter().map(|output| output.unwrap()).collect());
        }
        Poll::Pending
    }
}
