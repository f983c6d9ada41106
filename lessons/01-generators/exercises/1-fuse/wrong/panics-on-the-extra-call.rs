//! Wrong: panics when it is resumed after the end.
//! Caught by: `further_resumes_complete_with_none`
//! Because: the end is remembered, and then reported as a mistake of the caller. To save callers from that is what a fuse
//!   is for.
//! Says: extra resume 1 of the Fuse panicked

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
        let coroutine = self.coroutine.as_mut().expect("resumed after completion");
        match coroutine.resume(input) {
            Yielded(value) => Yielded(value),
            Complete(result) => {
                self.coroutine = None;
                Complete(Some(result))
            }
        }
    }
}
