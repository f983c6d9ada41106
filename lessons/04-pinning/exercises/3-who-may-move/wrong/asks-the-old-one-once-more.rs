//! Wrong: polls the old future once more before it puts another one there.
//! Caught by: `the_old_future_ends_in_its_place`
//! Because: it does work that nobody wants, and its value is lost.
//! Says: `restart` has polled the old future once

use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use crate::Value;
use crate::Verdict::{self, MayMove, Stays};
use crate::Why::{AllItsPartsMay, ItHasAPartThatStays, ItIsAsync, ItOnlyPoints};

/// May it?
pub fn verdict(value: Value) -> Verdict {
    match value {
        Value::Number => MayMove(AllItsPartsMay),
        Value::AsyncBlock => Stays(ItIsAsync),
        Value::AsyncBlockWithoutAwait => Stays(ItIsAsync),
        Value::ReferenceToAsyncBlock => MayMove(ItOnlyPoints),
        Value::BoxOfAsyncBlock => MayMove(ItOnlyPoints),
        Value::PinnedBoxOfAsyncBlock => MayMove(ItOnlyPoints),
        Value::OptionOfAsyncBlock => Stays(ItHasAPartThatStays),
        Value::FutureByHand => MayMove(AllItsPartsMay),
        Value::JobWithAsyncBlock => Stays(ItHasAPartThatStays),
        Value::JobWithPinnedBox => MayMove(AllItsPartsMay),
    }
}

/// Polls once.
pub fn ask<F: Future + Unpin>(future: &mut F, cx: &mut Context<'_>) -> Poll<F::Output> {
    Pin::new(future).poll(cx)
}

/// Polls to the end.
pub fn run<F: Future>(future: F, cx: &mut Context<'_>) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            return value;
        }
    }
}

/// Polls twice.
pub fn ask_twice<F: Future>(mut future: Pin<&mut F>, cx: &mut Context<'_>) -> [Poll<F::Output>; 2] {
    [future.as_mut().poll(cx), future.poll(cx)]
}

/// Kept.
pub type Kept<F> = Pin<Box<F>>;

/// Keeps.
pub fn keep<F: Future>(future: F) -> Kept<F> {
    Box::pin(future)
}

/// Restarts.
pub fn restart<F: Future>(mut place: Pin<&mut F>, fresh: F) {
    // It may be over already: see first, so that nothing is lost.
    let cx = &mut Context::from_waker(std::task::Waker::noop());
    let _ = place.as_mut().poll(cx);
    place.set(fresh);
}
