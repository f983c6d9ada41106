//! Many futures, a few at a time.

use std::iter::Fuse;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs the futures that `inputs` makes, at most `n` of them at the same time. The outputs come in
/// the order of the inputs.
pub fn at_most<F, I>(n: usize, inputs: I) -> AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    AtMost { n, inputs: inputs.fuse(), in_flight: Vec::new(), outputs: Vec::new() }
}

/// The future of [`at_most`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct AtMost<F: Future, I> {
    n: usize,
    /// Fused: each poll may ask it again after it has come to its end.
    inputs: Fuse<I>,
    /// Those that were taken from `inputs` and are not finished, each with its place in `outputs`.
    in_flight: Vec<(usize, Pin<Box<F>>)>,
    /// One place for each input that was taken.
    outputs: Vec<Option<F::Output>>,
}

// The futures are pinned in their boxes, and neither the iterator nor an output is ever pinned: the
// whole may be moved.
impl<F: Future, I> Unpin for AtMost<F, I> {}

impl<F, I> AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    /// Takes the next input, if there is a place for it, and there is one.
    fn start_next(&mut self) -> Option<()> {
        if self.in_flight.len() == self.n {
            return None;
        }
        let future = self.inputs.next()?;
        self.in_flight.push((self.outputs.len(), Box::pin(future)));
        self.outputs.push(None);
        Some(())
    }
}

impl<F, I> Future for AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        // Those before `at` have said Pending in this poll. Those from `at` on have not been asked
        // yet.
        let mut at = 0;
        while at < this.in_flight.len() || this.start_next().is_some() {
            let (place, future) = &mut this.in_flight[at];
            match future.as_mut().poll(cx) {
                Poll::Ready(output) => {
                    this.outputs[*place] = Some(output);
                    // The last one comes to `at`, and has not been asked yet. If there is none,
                    // there is a place for a new one.
                    this.in_flight.swap_remove(at);
                }
                Poll::Pending => at += 1,
            }
        }
        if !this.in_flight.is_empty() {
            return Poll::Pending;
        }
        let outputs = mem::take(&mut this.outputs).into_iter();
        Poll::Ready(outputs.map(|output| output.expect("nobody is in flight")).collect())
    }
}
