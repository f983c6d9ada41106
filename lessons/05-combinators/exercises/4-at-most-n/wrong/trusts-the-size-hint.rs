//! Wrong: asks the iterator how many there are, and takes the lower bound of its answer for the
//!   number.
//! Caught by: `the_first_poll_starts_n`
//! Because: a bound is no count. An iterator that does not know says 0, and then nothing is done at
//!   all.
//! Says: There is a place that nobody uses

use std::pin::Pin;
use std::task::{Context, Poll};

pub fn at_most<F, I>(n: usize, inputs: I) -> AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    AtMost { n, inputs, in_flight: Vec::new(), outputs: Vec::new(), taken: 0 }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct AtMost<F: Future, I> {
    n: usize,
    inputs: I,
    in_flight: Vec<(usize, Pin<Box<F>>)>,
    outputs: Vec<Option<F::Output>>,
    taken: usize,
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

        if this.taken == 0 {
            let total = this.inputs.size_hint().0;
            this.outputs.resize_with(total, || None);
        }
        let mut at = 0;
        loop {
            if at == this.in_flight.len() {
                if this.in_flight.len() == this.n || this.taken == this.outputs.len() {
                    break;
                }
                let f = this.inputs.next().unwrap();
                this.in_flight.push((this.taken, Box::pin(f)));
                this.taken += 1;
            }
            match this.in_flight[at].1.as_mut().poll(cx) {
                Poll::Pending => at += 1,
                Poll::Ready(v) => {
                    let (p, f) = this.in_flight.swap_remove(at);
                    drop(f);
                    this.outputs[p] = Some(v);
                }
            }
        }
        if this.in_flight.is_empty() {
            Poll::Ready(std::mem::take(&mut this.outputs).into_iter().flatten().collect())
        } else {
            Poll::Pending
        }
    }
}
