//! Wrong: takes a page that is shorter than the one before for the last one.
//! Caught by: `lines_come_in_order_across_pages`
//! Because: nobody promised that pages are equally long. It saves one fetch, and loses the rest of
//!   the document.
//! Says: and the lines were ["a", "b", "c"]

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the
/// document.
pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page = Vec::new().into_iter();
    let mut number = 0;
    let mut full = 1;
    let mut over = false;
    iter::from_fn(move || -> Option<String> {
        if page.len() == 0 && !over {
            let lines = fetch(number);
            number += 1;
            // A page that is not full is the last one.
            over = lines.len() < full;
            full = lines.len();
            page = lines.into_iter();
        }
        page.next()
    })
}
