//! Wrong: asks to be polled again when it has filled a place, although it has asked the new one.
//! Caught by: `one_that_waits_wakes_nobody`
//! Because: the new one has the waker, and calls when there is a reason. The poll that this asks for finds nothing new.
//! Says: Nobody is to be asked again before one of them calls

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
        let mut i = 0;
        while i < this.in_flight.len() {
            let (place, future) = &mut this.in_flight[i];
            match future.as_mut().poll(cx) {
                Poll::Ready(output) => {
                    this.outputs[*place] = Some(output);
                    drop(this.in_flight.remove(i));
                    if let Some(next) = this.inputs.next() {
                        cx.waker().wake_by_ref();
                        this.in_flight.push((this.outputs.len(), Box::pin(next)));
                        this.outputs.push(None);
                    }
                }
                Poll::Pending => i += 1,
            }
        }
        if this.in_flight.is_empty() {
            let outputs = std::mem::take(&mut this.outputs);
            return Poll::Ready(outputs.into_iter().map(|output| output.unwrap()).collect());
        }
        Poll::Pending
    }
}
