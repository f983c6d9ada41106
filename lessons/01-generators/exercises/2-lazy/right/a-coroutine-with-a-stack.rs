//! Right: a coroutine whose lines wait in reversed order behind a shared `RefCell`, seen through
//!   `items`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use generators::CoroutineState::{Complete, Yielded};
use generators::{from_fn, items};

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the
/// document.
pub fn lines(fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let fetch = RefCell::new(fetch);
    let number = Cell::new(0);
    let waiting = Rc::new(RefCell::new(Vec::with_capacity(1000)));
    let coroutine = from_fn(move |()| {
        let line = waiting.borrow_mut().pop();
        if let Some(line) = line {
            return Yielded(line);
        }
        let page = fetch.borrow_mut()(number.get());
        number.set(number.get() + 1);
        waiting.borrow_mut().extend(page.into_iter().rev());
        waiting.borrow_mut().pop().map_or(Complete(number.get()), Yielded)
    });
    items(coroutine)
}
