//! Right: one allocation for all places. They are pinned, used again and again, and the futures are
//!   put into them in place.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll};

pub fn at_most<F, I>(n: usize, inputs: I) -> AtMost<F, I::IntoIter>
where
    F: Future,
    I: IntoIterator<Item = F>,
{
    let places = (0..n).map(|_| Place { nth: 0, future: None }).collect();
    let inputs = Some(inputs.into_iter());
    AtMost { places: Box::into_pin(places), inputs, taken: 0, outputs: BTreeMap::new() }
}

struct Place<F> {
    nth: usize,
    /// Pinned with the place.
    future: Option<F>,
}

pub struct AtMost<F: Future, I> {
    places: Pin<Box<[Place<F>]>>,
    /// `None` once it has come to its end.
    inputs: Option<I>,
    taken: usize,
    outputs: BTreeMap<usize, F::Output>,
}

impl<F: Future, I> Unpin for AtMost<F, I> {}

impl<F: Future, I: Iterator<Item = F>> Future for AtMost<F, I> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        // SAFETY: no place is moved, and no future is moved out of its place.
        let places = unsafe { this.places.as_mut().get_unchecked_mut() };
        let mut busy = false;
        for place in places {
            // SAFETY: the future is pinned with its place. It is set, polled and dropped where it
            // is.
            let mut future = unsafe { Pin::new_unchecked(&mut place.future) };
            loop {
                if let Some(running) = future.as_mut().as_pin_mut() {
                    match running.poll(cx) {
                        Poll::Ready(output) => {
                            this.outputs.insert(place.nth, output);
                            future.set(None);
                        }
                        Poll::Pending => {
                            busy = true;
                            break;
                        }
                    }
                }
                let Some(next) = this.inputs.as_mut().and_then(Iterator::next) else {
                    this.inputs = None;
                    break;
                };
                future.set(Some(next));
                place.nth = this.taken;
                this.taken += 1;
            }
        }
        if busy {
            return Poll::Pending;
        }
        Poll::Ready(std::mem::take(&mut this.outputs).into_values().collect())
    }
}
