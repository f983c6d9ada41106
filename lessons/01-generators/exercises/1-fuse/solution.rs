//! A coroutine that may be resumed after its end.
//!
//! The `Option` is both the memory of the end and the owner of the coroutine. One step sets it to
//! `None`: the coroutine is dropped, and no later call can reach it. A `bool` beside the coroutine
//! would remember the end just as well, but would keep the coroutine, and all that it holds, in
//! memory.

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often
/// it is resumed.
pub struct Fuse<C> {
    /// `None` once the coroutine has completed.
    running: Option<C>,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self { running: Some(coroutine) }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        let Some(coroutine) = &mut self.running else {
            return Complete(None);
        };
        match coroutine.resume(input) {
            Yielded(value) => Yielded(value),
            Complete(result) => {
                self.running = None;
                Complete(Some(result))
            }
        }
    }
}
