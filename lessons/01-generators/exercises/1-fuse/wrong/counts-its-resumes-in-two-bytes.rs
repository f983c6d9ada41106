//! Wrong: counts its resumes, in a `u16`.
//! Caught by: `it_passes_on_for_as_long_as_the_coroutine_yields`
//! Because: a coroutine may yield more than 65,535 times. The count is not needed, and its
//!   overflow ends the program.
//! Says: resume number 65536, with 65536, panicked

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often it is resumed.
pub struct Fuse<C> {
    /// `None` once the coroutine has completed.
    running: Option<C>,
    resumed: u16,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self { running: Some(coroutine), resumed: 0 }
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
        self.resumed += 1;
        match coroutine.resume(input) {
            Yielded(value) => Yielded(value),
            Complete(result) => {
                self.running = None;
                Complete(Some(result))
            }
        }
    }
}
