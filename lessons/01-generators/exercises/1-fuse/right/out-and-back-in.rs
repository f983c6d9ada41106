//! Right: boxed and behind a `RefCell`, taken out for every resume, and put back unless it has
//!   completed.

use std::cell::RefCell;
use std::rc::Rc;

use generators::{Coroutine, CoroutineState};

/// Passes everything on to `C` up to its end. From then on it completes with `None`, however often
/// it is resumed.
pub struct Fuse<C> {
    place: Rc<RefCell<Option<Box<C>>>>,
}

impl<C> Fuse<C> {
    /// Wraps a coroutine that has not completed.
    pub fn new(coroutine: C) -> Self {
        Self { place: Rc::new(RefCell::new(Some(Box::new(coroutine)))) }
    }
}

impl<Input, C: Coroutine<Input>> Coroutine<Input> for Fuse<C> {
    type Yield = C::Yield;
    /// `Some` result the first time, `None` from then on.
    type Return = Option<C::Return>;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, Option<C::Return>> {
        let taken = self.place.borrow_mut().take();
        let Some(mut coroutine) = taken else {
            return CoroutineState::Complete(None);
        };
        let state = coroutine.resume(input);
        if let CoroutineState::Complete(result) = state {
            return CoroutineState::Complete(Some(result));
        }
        self.place.replace(Some(coroutine));
        CoroutineState::Yielded(state.yielded().expect("it is not complete"))
    }
}
