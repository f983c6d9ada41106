//! Wrong: takes the coroutine out of its place to resume it, and does not put it back when it yields.
//! Caught by: `values_and_inputs_pass_through`
//! Because: what was taken out is dropped at the end of the call. The first yield ends the coroutine.
//! Says: resume(1) gave Complete(None) instead of Yielded(2)

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct Fuse<C> {
    coroutine: Option<C>,
}

impl<C> Fuse<C> {
    pub fn new(coroutine: C) -> Self {
        Self { coroutine: Some(coroutine) }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        let Some(mut coroutine) = self.coroutine.take() else {
            return Complete(None);
        };
        match coroutine.resume(input) {
            Yielded(value) => Yielded(value),
            Complete(result) => Complete(Some(result)),
        }
    }
}
