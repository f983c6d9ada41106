//! Right: puts a coroutine around the coroutine for every resume, with `delegate`; it is kept in a
//!   `Vec` of at most one.

use generators::{Coroutine, CoroutineState, delegate};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often
/// it is resumed.
pub struct Fuse<C> {
    // At most one.
    running: Vec<C>,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self { running: vec![coroutine] }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        let Some(coroutine) = self.running.first_mut() else {
            return CoroutineState::Complete(None);
        };
        let state = delegate(coroutine, Some).resume(input);
        if let CoroutineState::Complete(_) = state {
            self.running.clear();
        }
        state
    }
}
