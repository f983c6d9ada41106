//! Wrong: polls with a waker that unparks the thread, and parks.
//! Caught by: `run_polls_to_the_end_where_the_future_lies`
//! Because: the future wakes that waker, and the task that called `run` is never woken.
//! Says: the task that called `run` was woken 0 times

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
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = std::sync::Arc::new(Unpark(std::thread::current())).into();
    let _ = cx;
    let cx = &mut Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(cx) {
            return value;
        }
        std::thread::park();
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
    place.set(fresh);
}
