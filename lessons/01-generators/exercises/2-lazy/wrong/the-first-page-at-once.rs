//! Wrong: fetches the first page when the iterator is made, because it will be needed anyway.
//! Caught by: `making_the_iterator_fetches_nothing`
//! Because: it may not be needed: nobody has asked for a line yet. And whoever makes the iterator has to wait.
//! Says: pages [0] were fetched, and nobody has asked for a line

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the document.
pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page = fetch(0).into_iter();
    let mut number = 1;
    let mut over = page.len() == 0;
    iter::from_fn(move || -> Option<String> {
        if over {
            return None;
        }
        if let Some(line) = page.next() {
            return Some(line);
        }
        page = fetch(number).into_iter();
        number += 1;
        over = page.len() == 0;
        page.next()
    })
}
