//! Right: a type of its own, which drops the future as soon as it is ready.

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
pub struct Kept<F>(Option<Pin<Box<F>>>);

impl<F: Future> Future for Kept<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Some(future) = &mut self.0 else { return Poll::Pending };
        let polled = future.as_mut().poll(cx);
        if polled.is_ready() {
            self.0 = None;
        }
        polled
    }
}

/// Keeps.
pub fn keep<F: Future>(future: F) -> Kept<F> {
    Kept(Some(Box::pin(future)))
}

/// Restarts.
pub fn restart<F: Future>(mut place: Pin<&mut F>, fresh: F) {
    place.set(fresh);
}
