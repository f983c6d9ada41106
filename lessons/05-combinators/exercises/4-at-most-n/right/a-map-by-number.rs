//! Right: maps from an input's number to its future, and to its output. Whoever is behind the last
//!   one asked is next.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll};

pub fn at_most<F, I>(n: usize, inputs: I) -> AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    AtMost { n, inputs, in_flight: Default::default(), outputs: Default::default(), taken: 0 }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct AtMost<F: Future, I> {
    n: usize,
    inputs: I,
    in_flight: BTreeMap<usize, Pin<Box<F>>>,
    outputs: BTreeMap<usize, F::Output>,
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

        let mut next = 0;
        loop {
            let number = match this.in_flight.range(next..).next() {
                Some((number, _)) => *number,
                None => {
                    if this.in_flight.len() == this.n {
                        break;
                    }
                    let Some(f) = this.inputs.next() else { break };
                    this.in_flight.insert(this.taken, Box::pin(f));
                    this.taken += 1;
                    this.taken - 1
                }
            };
            next = number + 1;
            if let Poll::Ready(v) = this.in_flight.get_mut(&number).unwrap().as_mut().poll(cx) {
                this.in_flight.remove(&number);
                this.outputs.insert(number, v);
            }
        }
        if this.in_flight.is_empty() {
            Poll::Ready(std::mem::take(&mut this.outputs).into_values().collect())
        } else {
            Poll::Pending
        }
    }
}
