//! Wrong: fills the free places after it has asked those in flight, and calls its own task to have the new ones asked.
//! Caught by: `a_free_place_is_filled_in_the_same_poll`
//! Because: nothing hangs, but each place stands idle until the next poll comes, behind all other tasks.
//! Says: It is to be polled in that same poll

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
                }
                Poll::Pending => i += 1,
            }
        }
        if this.in_flight.len() < this.n {
            let before = this.in_flight.len();
            while this.in_flight.len() < this.n {
                let Some(future) = this.inputs.next() else { break };
                this.in_flight.push((this.outputs.len(), Box::pin(future)));
                this.outputs.push(None);
            }
            if this.in_flight.len() > before {
                // They have not been asked yet: come back at once.
                cx.waker().wake_by_ref();
            }
        }
        if this.in_flight.is_empty() {
            let outputs = std::mem::take(&mut this.outputs);
            return Poll::Ready(outputs.into_iter().map(|output| output.unwrap()).collect());
        }
        Poll::Pending
    }
}
