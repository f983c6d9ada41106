//! Right: what is kept is a struct with a pinned box, and a future by hand.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use crate::Value;
use crate::Verdict::{self, MayMove, Stays};
use crate::Why::{AllItsPartsMay, ItHasAPartThatStays, ItIsAsync, ItOnlyPoints};

/// May a value be moved once it is pinned? And why?
pub fn verdict(value: Value) -> Verdict {
    match value {
        Value::Number => MayMove(AllItsPartsMay),
        // The compiler does not look whether this body keeps a reference to a local.
        Value::AsyncBlock | Value::AsyncBlockWithoutAwait => Stays(ItIsAsync),
        // What moves is the pointer.
        Value::ReferenceToAsyncBlock => MayMove(ItOnlyPoints),
        Value::BoxOfAsyncBlock => MayMove(ItOnlyPoints),
        Value::PinnedBoxOfAsyncBlock => MayMove(ItOnlyPoints),
        // The value lies within: it moves along.
        Value::OptionOfAsyncBlock => Stays(ItHasAPartThatStays),
        Value::FutureByHand => MayMove(AllItsPartsMay),
        Value::JobWithAsyncBlock => Stays(ItHasAPartThatStays),
        Value::JobWithPinnedBox => MayMove(AllItsPartsMay),
    }
}

/// Polls a future once. The caller says that it may be moved, and wants no box.
pub fn ask<F: Future + Unpin>(future: &mut F, cx: &mut Context<'_>) -> Poll<F::Output> {
    // `Pin::new` is there for what is `Unpin`: the promise is empty.
    Pin::new(future).poll(cx)
}

/// Polls a future until it is ready. It may be any, and it ends here, so it needs no box.
pub fn run<F: Future>(future: F, cx: &mut Context<'_>) -> F::Output {
    // `pin!` hides the value behind the pin, so that nobody can move it while this function runs.
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            return value;
        }
    }
}

/// Polls a pinned future twice.
pub fn ask_twice<F: Future>(mut future: Pin<&mut F>, cx: &mut Context<'_>) -> [Poll<F::Output>; 2] {
    // `as_mut` lends the pin for one poll, as `&mut *reference` lends a reference.
    [future.as_mut().poll(cx), future.poll(cx)]
}

/// How a future is kept that is polled now and then, and handed from one list to the next in
/// between.
pub struct Kept<F> {
    future: Pin<Box<F>>,
}

impl<F: Future> Future for Kept<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.future.as_mut().poll(cx)
    }
}

/// Makes it ready to be kept.
pub fn keep<F: Future>(future: F) -> Kept<F> {
    // The box is moved from list to list; the future stays where it was allocated.
    Kept { future: Box::pin(future) }
}

/// Ends the future in a pinned place, and puts another one there.
pub fn restart<F: Future>(mut place: Pin<&mut F>, fresh: F) {
    place.set(fresh);
}
