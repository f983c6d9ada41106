//! Many futures, a few at a time.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs the futures that `inputs` makes, at most `n` of them at the same time. The outputs come in
/// the order of the inputs.
pub fn at_most<F, I>(n: usize, inputs: I) -> AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    AtMost { n, inputs, in_flight: Vec::new() }
}

/// The future of [`at_most`]. The fields are a suggestion, and not enough yet: to whom does an
/// output belong?
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct AtMost<F: Future, I> {
    n: usize,
    inputs: I,
    /// Those that were taken from `inputs` and are not finished, each pinned in a box of its own.
    in_flight: Vec<Pin<Box<F>>>,
}

// The futures are pinned in their boxes, and neither the iterator nor an output is ever pinned: the
// whole may be moved.
impl<F: Future, I> Unpin for AtMost<F, I> {}

impl<F, I> Future for AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // An ordinary `&mut AtMost`. This is allowed because it is `Unpin`.
        let this = self.get_mut();
        todo!("ask those in flight, and fill each place that gets free")
    }
}
