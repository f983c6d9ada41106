//! Right: says what each type is made of, and lets a function derive the verdict; `ask` and `run`
//!   pin an `Option`.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use crate::Value;
use crate::Verdict::{self, MayMove, Stays};
use crate::Why::{AllItsPartsMay, ItHasAPartThatStays, ItIsAsync, ItOnlyPoints};

/// May it?
pub fn verdict(value: Value) -> Verdict {
    use Shape::*;
    let shape = match value {
        Value::Number => Plain,
        Value::AsyncBlock | Value::AsyncBlockWithoutAwait => Async,
        Value::ReferenceToAsyncBlock | Value::BoxOfAsyncBlock | Value::PinnedBoxOfAsyncBlock => {
            Pointer
        }
        Value::OptionOfAsyncBlock => Parts(&[Async]),
        Value::FutureByHand => Parts(&[Plain, Pointer, Plain]),
        Value::JobWithAsyncBlock => Parts(&[Plain, Async]),
        Value::JobWithPinnedBox => Parts(&[Plain, Pointer]),
    };
    shape.verdict()
}

/// What a type is made of.
enum Shape {
    Plain,
    Pointer,
    Async,
    Parts(&'static [Shape]),
}

impl Shape {
    fn verdict(&self) -> Verdict {
        match self {
            Shape::Plain => MayMove(AllItsPartsMay),
            Shape::Pointer => MayMove(ItOnlyPoints),
            Shape::Async => Stays(ItIsAsync),
            Shape::Parts(parts) if parts.iter().any(|part| matches!(part.verdict(), Stays(_))) => {
                Stays(ItHasAPartThatStays)
            }
            Shape::Parts(_) => MayMove(AllItsPartsMay),
        }
    }
}

/// Polls once.
pub fn ask<F: Future + Unpin>(future: &mut F, cx: &mut Context<'_>) -> Poll<F::Output> {
    Option::as_pin_mut(Pin::new(&mut Some(future))).map_or(Poll::Pending, |future| future.poll(cx))
}

/// Polls to the end.
pub fn run<F: Future>(future: F, cx: &mut Context<'_>) -> F::Output {
    let mut place = Some(future);
    // The shadowed name is the only way to the place from here on.
    let mut place = pin!(place.take());
    std::iter::from_fn(|| place.as_mut().as_pin_mut().map(|future| future.poll(cx)))
        .find_map(|polled| match polled {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        })
        .expect("the place is full")
}

/// Polls twice.
pub fn ask_twice<F: Future>(mut future: Pin<&mut F>, cx: &mut Context<'_>) -> [Poll<F::Output>; 2] {
    [future.as_mut().poll(cx), future.poll(cx)]
}

/// Kept.
pub type Kept<F> = std::panic::AssertUnwindSafe<Pin<Box<F>>>;

/// Keeps.
pub fn keep<F: Future>(future: F) -> Kept<F> {
    std::panic::AssertUnwindSafe(Box::into_pin(Box::new(future)))
}

/// Restarts.
pub fn restart<F: Future>(mut place: Pin<&mut F>, fresh: F) {
    Pin::set(&mut place.as_mut(), fresh);
}
