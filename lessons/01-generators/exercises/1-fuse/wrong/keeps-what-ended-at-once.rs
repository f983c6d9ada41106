//! Wrong: remembers an end at the first resume in a flag, and drops the coroutine only where it
//!   has yielded before.
//! Caught by: `the_coroutine_is_dropped_at_its_end`
//! Because: a coroutine that ends without a yield may hold a connection all the same.
//! Says: the coroutine has completed, at resume 1, and it is still in memory

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often it is resumed.
pub struct Fuse<C> {
    /// `None` once the coroutine has completed.
    running: Option<C>,
    has_yielded: bool,
    over: bool,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self { running: Some(coroutine), has_yielded: false, over: false }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        if self.over {
            return Complete(None);
        }
        let Some(coroutine) = &mut self.running else {
            return Complete(None);
        };
        match coroutine.resume(input) {
            Yielded(value) => {
                self.has_yielded = true;
                Yielded(value)
            }
            Complete(result) => {
                if self.has_yielded {
                    self.running = None;
                }
                self.over = true;
                Complete(Some(result))
            }
        }
    }
}
