use std::mem;

use crate::CoroutineState::{self, Complete, Yielded};
use crate::{Coroutine, RESUMED_AFTER_COMPLETION};

/// A coroutine that passes everything on to an inner one, until that one completes. Made by
/// [`delegate`].
// ANCHOR: delegate
#[derive(Clone, Debug)]
#[must_use = "coroutines do nothing unless resumed"]
pub struct Delegate<C, F> {
    state: DelegateState<C, F>,
}

#[derive(Clone, Debug)]
enum DelegateState<C, F> {
    Inner { inner: C, finish: F },
    Done,
}

impl<Input, C, F, R> Coroutine<Input> for Delegate<C, F>
where
    C: Coroutine<Input>,
    F: FnOnce(C::Return) -> R,
{
    type Yield = C::Yield;
    type Return = R;

    fn resume(&mut self, input: Input) -> CoroutineState<C::Yield, R> {
        let DelegateState::Inner { inner, .. } = &mut self.state else {
            panic!("{RESUMED_AFTER_COMPLETION}");
        };
        let result = match inner.resume(input) {
            Yielded(value) => return Yielded(value),
            Complete(result) => result,
        };
        let DelegateState::Inner { finish, .. } =
            mem::replace(&mut self.state, DelegateState::Done)
        else {
            unreachable!("the state was `Inner` a moment ago, and nobody else can reach it");
        };
        Complete(finish(result))
    }
}
// ANCHOR_END: delegate

/// Makes a coroutine that passes everything on to `inner`, and completes with what `finish` makes
/// of its result.
///
/// Values that `inner` yields go out unchanged, inputs go in unchanged: the outer coroutine is not
/// seen while the inner one runs. This is Python's `result = yield from inner; return
/// finish(result)`.
///
/// # Panics
///
/// A resume panics where `inner` or `finish` does, and after completion. After a panic of `inner`,
/// the next resume goes to `inner` again.
///
/// ```
/// use generators::{Ask, Coroutine, CoroutineState::{Complete, Yielded}, delegate};
///
/// let mut outer = delegate(Ask::new(7), |answer: u32| answer - 19);
/// assert_eq!(outer.resume(0), Yielded(7));
/// assert_eq!(outer.resume(42), Complete(23));
/// ```
pub fn delegate<C, F>(inner: C, finish: F) -> Delegate<C, F> {
    Delegate { state: DelegateState::Inner { inner, finish } }
}
