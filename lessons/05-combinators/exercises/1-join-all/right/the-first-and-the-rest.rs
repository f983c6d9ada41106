//! Right: recursion instead of a loop. The whole is the first child, joined with the whole of the
//!   rest.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    futures.into_iter().rev().fold(JoinAll::Nobody, |rest, future| JoinAll::More {
        first: First::Running(Box::pin(future)),
        rest: Box::new(rest),
    })
}

pub enum JoinAll<F: Future> {
    Nobody,
    More { first: First<F>, rest: Box<JoinAll<F>> },
}

pub enum First<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
    Taken,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> JoinAll<F> {
    fn advance(&mut self, cx: &mut Context<'_>) -> bool {
        let JoinAll::More { first, rest } = self else { return true };
        let first_is_done = match first {
            First::Running(future) => match future.as_mut().poll(cx) {
                Poll::Ready(output) => {
                    *first = First::Done(output);
                    true
                }
                Poll::Pending => false,
            },
            First::Done(_) | First::Taken => true,
        };
        // The rest is asked in any case.
        rest.advance(cx) && first_is_done
    }

    fn collect(&mut self, outputs: &mut Vec<F::Output>) {
        if let JoinAll::More { first, rest } = self {
            if let First::Done(output) = mem::replace(first, First::Taken) {
                outputs.push(output);
            }
            rest.collect(outputs);
        }
    }
}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if !this.advance(cx) {
            return Poll::Pending;
        }
        let mut outputs = Vec::new();
        this.collect(&mut outputs);
        Poll::Ready(outputs)
    }
}
