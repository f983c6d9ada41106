//! A future, seen as what it is: a coroutine that yields nothing.

use std::task::Poll;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

use crate::poll_once;

/// Turns a future into a coroutine that yields `()` wherever the future says `Pending`.
///
/// The future is polled with a waker that does nothing: whoever resumes decides when.
///
/// # Panics
///
/// A resume panics where the future does. A resume after completion polls the future once more;
/// what that does is up to the future.
///
/// ```
/// use futures_by_hand::{as_coroutine, countdown};
/// use generators::{Coroutine, CoroutineState::{Complete, Yielded}};
///
/// let mut coroutine = as_coroutine(countdown(1));
/// assert_eq!(coroutine.resume(()), Yielded(()));
/// assert_eq!(coroutine.resume(()), Complete(1));
/// ```
// ANCHOR: as-coroutine
pub fn as_coroutine<F: Future + Unpin>(future: F) -> AsCoroutine<F> {
    AsCoroutine { future }
}

/// The coroutine of [`as_coroutine`].
#[derive(Debug)]
#[must_use = "coroutines do nothing unless resumed"]
pub struct AsCoroutine<F> {
    future: F,
}

impl<F: Future + Unpin> Coroutine for AsCoroutine<F> {
    type Yield = ();
    type Return = F::Output;

    fn resume(&mut self, (): ()) -> CoroutineState<(), F::Output> {
        match poll_once(&mut self.future) {
            Poll::Pending => Yielded(()),
            Poll::Ready(value) => Complete(value),
        }
    }
}
// ANCHOR_END: as-coroutine
