//! Wrong: every call goes to the inner coroutine, also after its end.
//! Caught by: `it_does_not_start_again`
//! Because: nothing remembers the end, so what happens then is up to the inner coroutine. This one starts again; another
//!   one panics.
//! Says: and then Yielded(2) instead of Complete(None)

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct Fuse<C> {
    coroutine: C,
}

impl<C> Fuse<C> {
    pub fn new(coroutine: C) -> Self {
        Self { coroutine }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        match self.coroutine.resume(input) {
            Yielded(value) => Yielded(value),
            Complete(result) => Complete(Some(result)),
        }
    }
}
