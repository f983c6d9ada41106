//! Wrong: takes the lines of a page with `pop`.
//! Caught by: `lines_come_in_order_across_pages`
//! Because: `pop` takes from the back: the pages come in order, and the lines of each page are
//!   upside down.
//! Says: and the lines were ["b", "a", "c", "e", "d"]

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the
/// document.
pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page: Vec<String> = Vec::new();
    let mut number = 0;
    let mut over = false;
    iter::from_fn(move || -> Option<String> {
        if page.is_empty() && !over {
            page = fetch(number);
            number += 1;
            over = page.is_empty();
        }
        page.pop()
    })
}
