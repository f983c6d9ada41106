//! Wrong: keeps the number of the next page in a `thread_local!`.
//! Caught by: `two_documents_are_read_side_by_side`
//! Because: all iterators of a thread share it: what one fetches, the other one leaves out.
//! Says: each iterator keeps its own place

use std::cell::Cell;
use std::iter;

thread_local! {
    static NEXT_PAGE: Cell<usize> = const { Cell::new(0) };
}

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the document.
pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page = Vec::new().into_iter();
    NEXT_PAGE.set(0);
    let mut over = false;
    iter::from_fn(move || {
        if let Some(line) = page.next() {
            return Some(line);
        }
        if over {
            return None;
        }
        page = fetch(NEXT_PAGE.get()).into_iter();
        NEXT_PAGE.set(NEXT_PAGE.get() + 1);
        let line = page.next();
        over = line.is_none();
        line
    })
}
