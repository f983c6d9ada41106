//! Who may move, and which pin fits where.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use crate::Value;
use crate::Verdict::{self, MayMove, Stays};
use crate::Why::{self, AllItsPartsMay, ItHasAPartThatStays, ItIsAsync, ItOnlyPoints};

/// May a value be moved once it is pinned? And why?
pub fn verdict(value: Value) -> Verdict {
    match value {
        Value::Number => MayMove(AllItsPartsMay),
        Value::AsyncBlock => todo!("Stays(…) or MayMove(…)"),
        Value::AsyncBlockWithoutAwait => todo!(),
        Value::ReferenceToAsyncBlock => todo!(),
        Value::BoxOfAsyncBlock => todo!(),
        Value::PinnedBoxOfAsyncBlock => todo!(),
        Value::OptionOfAsyncBlock => todo!(),
        Value::FutureByHand => todo!(),
        Value::JobWithAsyncBlock => todo!(),
        Value::JobWithPinnedBox => todo!(),
    }
}

/// Polls a future once. The caller says that it may be moved, and wants no box.
pub fn ask<F: Future + Unpin>(future: &mut F, cx: &mut Context<'_>) -> Poll<F::Output> {
    todo!("which pin can be made from a `&mut F` here?")
}

/// Polls a future until it is ready. It may be any, and it ends here, so it needs no box.
pub fn run<F: Future>(future: F, cx: &mut Context<'_>) -> F::Output {
    todo!("which pin keeps a value where this function has its locals?")
}

/// Polls a pinned future twice.
pub fn ask_twice<F: Future>(future: Pin<&mut F>, cx: &mut Context<'_>) -> [Poll<F::Output>; 2] {
    todo!("`poll` uses a pin up: what gives a second one?")
}

/// How a future is kept that is polled now and then, and handed from one list to the next in
/// between.
pub type Kept<F> = F; // Change this.

/// Makes it ready to be kept.
pub fn keep<F: Future>(future: F) -> Kept<F> {
    todo!("it is moved after its first poll, and the future in it must not be")
}

/// Ends the future in a pinned place, and puts another one there.
pub fn restart<F: Future>(place: Pin<&mut F>, fresh: F) {
    todo!("an old value that is pinned is dropped where it lies")
}
