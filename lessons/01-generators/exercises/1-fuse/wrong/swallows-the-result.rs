//! Wrong: completes with `None` from the first time on.
//! Caught by: `the_result_comes_with_the_end`
//! Because: the end of an iterator is a bare `None`, but a coroutine ends with a result. It is handed out once, so whoever
//!   drops it has lost it.
//! Says: the coroutine completed with 2, and Fuse gave Complete(None)

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
        if let Some(coroutine) = &mut self.coroutine {
            if let Yielded(value) = coroutine.resume(input) {
                return Yielded(value);
            }
            self.coroutine = None;
        }
        Complete(None)
    }
}
