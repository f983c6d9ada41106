//! Wrong: takes the first resume for a mere start, and drops a result that comes with it.
//! Caught by: `an_end_without_a_yield_has_a_result_too`
//! Because: a coroutine may end without a single yield, like a function that returns early. Its
//!   result comes with the first resume, and it comes once.
//! Says: Fuse gave Complete(None) instead of Complete(Some("result"))

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often
/// it is resumed.
pub enum Fuse<C> {
    /// Not begun.
    Start(C),
    /// Has yielded something.
    Running(C),
    /// At its end.
    Over,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self::Start(coroutine)
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        match std::mem::replace(self, Self::Over) {
            Self::Start(mut coroutine) => {
                // The first resume only starts it.
                let Yielded(value) = coroutine.resume(input) else {
                    return Complete(None);
                };
                *self = Self::Running(coroutine);
                Yielded(value)
            }
            Self::Running(mut coroutine) => match coroutine.resume(input) {
                Yielded(value) => {
                    *self = Self::Running(coroutine);
                    Yielded(value)
                }
                Complete(result) => Complete(Some(result)),
            },
            Self::Over => Complete(None),
        }
    }
}
