//! Right: one allocation for all children. They are pinned in a boxed slice, and projected to by
//!   hand.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    JoinAll(Box::into_pin(futures.into_iter().map(Slot::Running).collect::<Box<[_]>>()))
}

enum Slot<F: Future> {
    Running(F),
    Done(F::Output),
    Taken,
}

pub struct JoinAll<F: Future>(Pin<Box<[Slot<F>]>>);

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the slots are not moved: a future in one is only polled where it is, and dropped
        // where it is, by the assignment.
        let slots = unsafe { self.0.as_mut().get_unchecked_mut() };
        let mut left = 0;
        for slot in slots.iter_mut() {
            if let Slot::Running(future) = slot {
                // SAFETY: the slot is pinned, and so is what is in it while it is running.
                match unsafe { Pin::new_unchecked(future) }.poll(cx) {
                    Poll::Ready(output) => *slot = Slot::Done(output),
                    Poll::Pending => left += 1,
                }
            }
        }
        if left > 0 {
            return Poll::Pending;
        }
        let outputs = slots.iter_mut().map(|slot| match mem::replace(slot, Slot::Taken) {
            Slot::Done(output) => output,
            Slot::Running(_) | Slot::Taken => panic!("polled after completion"),
        });
        Poll::Ready(outputs.collect())
    }
}
