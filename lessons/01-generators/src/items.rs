use std::iter::FusedIterator;

use crate::Coroutine;
use crate::CoroutineState::{Complete, Yielded};

/// A coroutine that needs no input, seen as an iterator over what it yields. Made by [`items`].
///
/// The iterator ends where the coroutine completes. It stays at its end: further calls of `next`
/// return `None` and do not touch the coroutine, which has been dropped by then. The result waits
/// in [`Items::into_result`].
// ANCHOR: items
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Items<C: Coroutine> {
    state: ItemsState<C, C::Return>,
}

#[derive(Clone, Debug)]
enum ItemsState<C, R> {
    Running(C),
    Ended(R),
}

impl<C: Coroutine> Iterator for Items<C> {
    type Item = C::Yield;

    fn next(&mut self) -> Option<C::Yield> {
        let ItemsState::Running(coroutine) = &mut self.state else {
            return None;
        };
        match coroutine.resume(()) {
            Yielded(value) => Some(value),
            Complete(result) => {
                self.state = ItemsState::Ended(result);
                None
            }
        }
    }
}
// ANCHOR_END: items

impl<C: Coroutine> FusedIterator for Items<C> {}

impl<C: Coroutine> Items<C> {
    /// Returns the coroutine's result, or `None` if it has not come to its end.
    ///
    /// Call it after a loop over `&mut items` or [`Iterator::by_ref`]: a plain `for` loop consumes
    /// the iterator, and the result with it.
    pub fn into_result(self) -> Option<C::Return> {
        match self.state {
            ItemsState::Running(_) => None,
            ItemsState::Ended(result) => Some(result),
        }
    }
}

/// Turns a coroutine that needs no input into an iterator over what it yields.
///
/// ```
/// use generators::{CountTo, items};
///
/// let mut numbers = items(CountTo::new(3));
/// assert_eq!(numbers.by_ref().collect::<Vec<_>>(), [1, 2, 3]);
/// assert_eq!(numbers.next(), None);
/// assert_eq!(numbers.into_result(), Some(6));
/// ```
pub fn items<C: Coroutine>(coroutine: C) -> Items<C> {
    Items { state: ItemsState::Running(coroutine) }
}
