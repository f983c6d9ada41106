//! Wrong: puts finished futures aside, and drops them at the end of the poll.
//! Caught by: `a_finished_one_is_dropped_at_once`
//! Because: the next one gets its place at once, and each of those that are aside still has its
//!   connection. If many are ready at their first poll, all of them exist together.
//! Says: A finished one is dropped before the new one is polled

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

        let mut at = 0;
        let mut finished = Vec::new();
        loop {
            if at == this.in_flight.len() {
                if this.in_flight.len() == this.n {
                    break;
                }
                let Some(f) = this.inputs.next() else { break };
                this.in_flight.push((this.taken, Box::pin(f)));
                this.outputs.push(None);
                this.taken += 1;
            }
            match this.in_flight[at].1.as_mut().poll(cx) {
                Poll::Pending => at += 1,
                Poll::Ready(v) => {
                    let (p, f) = this.in_flight.swap_remove(at);
                    finished.push(f);
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
