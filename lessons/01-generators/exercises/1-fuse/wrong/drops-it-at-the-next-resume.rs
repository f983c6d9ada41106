//! Wrong: notes the end, and leaves the dropping to the resume after it.
//! Caught by: `the_coroutine_is_dropped_at_its_end`
//! Because: that resume may never come: a caller that has seen the result has no reason for another one. What the
//!   coroutine holds stays open.
//! Says: and it is still in memory

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often it is resumed.
pub struct Fuse<C> {
    coroutine: Option<C>,
    over: bool,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self { coroutine: Some(coroutine), over: false }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        if self.over {
            self.coroutine = None;
        }
        let Some(coroutine) = &mut self.coroutine else {
            return Complete(None);
        };
        match coroutine.resume(input) {
            Yielded(value) => Yielded(value),
            Complete(result) => {
                self.over = true;
                Complete(Some(result))
            }
        }
    }
}
