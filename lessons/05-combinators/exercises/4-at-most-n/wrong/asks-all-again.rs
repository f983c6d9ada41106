//! Wrong: fills the free places, and asks everybody in flight again, until nobody got ready.
//! Caught by: `none_in_flight_is_polled_twice_in_one_poll`
//! Because: those that said Pending are asked once more for each round, although nobody has woken them.
//! Says: One that says Pending is left alone until the next poll

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
        loop {
            while this.in_flight.len() < this.n {
                let Some(future) = this.inputs.next() else { break };
                this.in_flight.push((this.outputs.len(), Box::pin(future)));
                this.outputs.push(None);
            }
            let before = this.in_flight.len();
            let (outputs, cx) = (&mut this.outputs, &mut *cx);
            this.in_flight.retain_mut(|(place, future)| match future.as_mut().poll(cx) {
                Poll::Ready(output) => {
                    outputs[*place] = Some(output);
                    false
                }
                Poll::Pending => true,
            });
            if this.in_flight.len() == before {
                break;
            }
        }
        if this.in_flight.is_empty() {
            let outputs = std::mem::take(&mut this.outputs);
            return Poll::Ready(outputs.into_iter().map(|output| output.unwrap()).collect());
        }
        Poll::Pending
    }
}
