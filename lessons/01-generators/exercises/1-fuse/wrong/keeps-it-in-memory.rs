//! Wrong: remembers the end in a `bool` and keeps the finished coroutine.
//! Caught by: `the_coroutine_is_dropped_at_its_end`
//! Because: what the coroutine holds is released only when the `Fuse` is dropped, which may be at the end of the program.
//! Says: and it is still in memory

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct Fuse<C> {
    coroutine: C,
    done: bool,
}

impl<C> Fuse<C> {
    pub fn new(coroutine: C) -> Self {
        Self { coroutine, done: false }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        if self.done {
            return Complete(None);
        }
        match self.coroutine.resume(input) {
            Yielded(value) => Yielded(value),
            Complete(result) => {
                self.done = true;
                Complete(Some(result))
            }
        }
    }
}
