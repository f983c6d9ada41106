//! Wrong: resumes the inner coroutine after its end, and catches its panic.
//! Caught by: `it_does_not_start_again`
//! Because: a panic is only one of the things that may happen then. A coroutine that starts again does not panic.
//! Says: and then Yielded(2) instead of Complete(None)

use std::panic::{AssertUnwindSafe, catch_unwind};

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often it is resumed.
pub struct Fuse<C> {
    coroutine: Option<C>,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self { coroutine: Some(coroutine) }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        let Some(coroutine) = &mut self.coroutine else {
            return Complete(None);
        };
        match catch_unwind(AssertUnwindSafe(|| coroutine.resume(input))) {
            Ok(Yielded(value)) => Yielded(value),
            Ok(Complete(result)) => Complete(Some(result)),
            Err(_) => {
                self.coroutine = None;
                Complete(None)
            }
        }
    }
}
