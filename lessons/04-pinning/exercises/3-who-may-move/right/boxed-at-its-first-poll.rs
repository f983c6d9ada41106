//! Right: the future is moved into its box by the first poll; before, it may be moved. `ask` pins
//!   the reference.

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
    pin!(future).poll(cx)
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
    std::array::from_fn(|_| future.as_mut().poll(cx))
}

/// Kept.
pub enum Kept<F> {
    /// Nobody has polled it: it may be moved.
    Fresh(Option<F>),
    /// Somebody has.
    Started(Pin<Box<F>>),
}

/// The future is not pinned with it, neither before it is in its box nor in it.
impl<F> Unpin for Kept<F> {}

impl<F: Future> Future for Kept<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        loop {
            match &mut *self {
                Kept::Started(future) => return future.as_mut().poll(cx),
                Kept::Fresh(future) => {
                    let future = future.take().expect("there until it is started");
                    self.set(Kept::Started(Box::pin(future)));
                }
            }
        }
    }
}

/// Keeps.
pub fn keep<F: Future>(future: F) -> Kept<F> {
    Kept::Fresh(Some(future))
}

/// Restarts.
pub fn restart<F: Future>(mut place: Pin<&mut F>, fresh: F) {
    place.set(fresh);
}
