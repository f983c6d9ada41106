//! A coroutine that may be resumed after its end.

use generators::{Coroutine, CoroutineState};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often
/// it is resumed.
pub struct Fuse<C> {
    // Change the fields as you like.
    coroutine: C,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self { coroutine }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        todo!("pass on to `self.coroutine`, and remember its end")
    }
}
