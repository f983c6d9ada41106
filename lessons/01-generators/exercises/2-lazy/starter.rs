//! The lines of a document that comes in pages.

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the
/// document.
pub fn lines(fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    // What must be kept from one line to the next belongs here, outside of the closure.
    iter::from_fn(move || -> Option<String> {
        todo!("return the next line; fetch a page if you must")
    })
}
