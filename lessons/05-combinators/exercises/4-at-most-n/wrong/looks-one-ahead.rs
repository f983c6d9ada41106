//! Wrong: takes the next input to see whether there is one, and keeps it until there is a place.
//! Caught by: `the_first_poll_starts_n`
//! Because: the iterator has made it, and what it holds is held from then on. `Peekable` does the same.
//! Says: In the first poll, 3 were taken from the iterator

use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs the futures that `inputs` makes, at most `n` of them at the same time. The outputs come in the order of the inputs.
pub fn at_most<F, I>(n: usize, inputs: I) -> AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    AtMost { n, inputs, peeked: None, outputs: Vec::new(), in_flight: Vec::new() }
}

/// The future of [`at_most`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct AtMost<F: Future, I> {
    n: usize,
    inputs: I,
    peeked: Option<F>,
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
            // Is there one more?
            let Some(future) = this.peeked.take().or_else(|| this.inputs.next()) else { break };
            if this.in_flight.len() == this.n {
                this.peeked = Some(future);
                break;
            }
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
                    if let Some(next) = this.peeked.take().or_else(|| this.inputs.next()) {
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
