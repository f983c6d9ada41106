//! Wrong: answers one extra resume with `None`, and panics on the next one.
//! Caught by: `further_resumes_complete_with_none`
//! Because: the loop that resumes it does not count the extra calls. A fuse that holds only once
//!   moves the crash by one tick.
//! Says: extra resume 2 of the Fuse panicked

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often
/// it is resumed.
pub enum Fuse<C> {
    Running(C),
    Ended,
    Done,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self::Running(coroutine)
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        match self {
            Self::Running(coroutine) => match coroutine.resume(input) {
                Yielded(value) => Yielded(value),
                Complete(result) => {
                    *self = Self::Ended;
                    Complete(Some(result))
                }
            },
            Self::Ended => {
                *self = Self::Done;
                Complete(None)
            }
            Self::Done => panic!("coroutine resumed after completion"),
        }
    }
}
