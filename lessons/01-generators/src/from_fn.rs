use std::fmt;

use crate::{Coroutine, CoroutineState};

/// A coroutine made of a closure that is called at every resume. Made by [`from_fn`].
#[derive(Clone)]
#[must_use = "coroutines do nothing unless resumed"]
pub struct FromFn<F> {
    body: F,
}

/// Makes a coroutine of a closure, which is called at every resume and keeps its state in what it
/// captures.
///
/// It is to coroutines what [`std::iter::from_fn`] is to iterators. What a resume after completion
/// does is up to the closure: it is called as ever.
///
/// ```
/// use generators::{Coroutine, CoroutineState::{Complete, Yielded}, from_fn};
///
/// let mut longest = 0;
/// let mut lengths = from_fn(move |word: &str| {
///     longest = longest.max(word.len());
///     if word.is_empty() { Complete(longest) } else { Yielded(word.len()) }
/// });
/// assert_eq!(lengths.resume("four"), Yielded(4));
/// assert_eq!(lengths.resume("two"), Yielded(3));
/// assert_eq!(lengths.resume(""), Complete(4));
/// ```
// ANCHOR: from_fn
pub fn from_fn<Input, Y, R, F>(body: F) -> FromFn<F>
where
    F: FnMut(Input) -> CoroutineState<Y, R>,
{
    FromFn { body }
}

impl<Input, Y, R, F> Coroutine<Input> for FromFn<F>
where
    F: FnMut(Input) -> CoroutineState<Y, R>,
{
    type Yield = Y;
    type Return = R;

    fn resume(&mut self, input: Input) -> CoroutineState<Y, R> {
        (self.body)(input)
    }
}
// ANCHOR_END: from_fn

impl<F> fmt::Debug for FromFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromFn").finish_non_exhaustive()
    }
}
