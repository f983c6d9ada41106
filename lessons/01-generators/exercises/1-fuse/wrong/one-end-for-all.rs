//! Wrong: remembers the end in a `thread_local!`.
//! Caught by: `each_fuse_has_an_end_of_its_own`
//! Because: all fuses of a thread share it: when one coroutine is over, the others are never
//!   resumed again.
//! Says: resume 2 of the one that is over at 4 gave Complete(None) instead of Yielded(2)

use std::cell::Cell;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

thread_local! {
    static OVER: Cell<bool> = const { Cell::new(false) };
}

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often it is resumed.
pub struct Fuse<C> {
    /// `None` once the coroutine has completed.
    running: Option<C>,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        OVER.set(false);
        Self { running: Some(coroutine) }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        if OVER.get() {
            return Complete(None);
        }
        let Some(coroutine) = &mut self.running else {
            return Complete(None);
        };
        match coroutine.resume(input) {
            Yielded(value) => Yielded(value),
            Complete(result) => {
                self.running = None;
                OVER.set(true);
                Complete(Some(result))
            }
        }
    }
}
