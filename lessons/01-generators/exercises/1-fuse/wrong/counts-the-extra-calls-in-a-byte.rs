//! Wrong: counts the resumes after the end, in a `u8`.
//! Caught by: `further_resumes_complete_with_none`
//! Because: nobody asked for the count, and it ends the program: a game that ticks 60 times a
//!   second makes 256 extra calls in four seconds. (In a release build it begins again at 0.)
//! Says: extra resume 256 of the Fuse panicked

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often it is resumed.
pub struct Fuse<C> {
    /// `None` once the coroutine has completed.
    running: Option<C>,
    extra: u8,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self { running: Some(coroutine), extra: 0 }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        let Some(coroutine) = &mut self.running else {
            self.extra += 1;
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
