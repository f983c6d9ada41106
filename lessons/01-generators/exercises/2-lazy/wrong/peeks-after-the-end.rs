//! Wrong: stays at the empty page, and fetches it anew at every call.
//! Caught by: `after_the_end_nothing_is_fetched`
//! Because: the lines are right, but each call after the end costs a fetch. The empty page was
//!   seen, and that was not written down.
//! Says: after the end, `next` gave [None, None], and the fetched pages are [0, 1, 1, 1]

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the
/// document.
pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut number = 0;
    let mut line_number = 0;
    let mut page: Option<Vec<String>> = None;
    iter::from_fn(move || -> Option<String> {
        if page.as_ref().is_none_or(|page| line_number == page.len()) {
            page = Some(fetch(number));
            // Stays at the page of the end.
            if page.as_ref().is_some_and(|page| !page.is_empty()) {
                number += 1;
            }
            line_number = 0;
        }
        let line = page.as_ref()?.get(line_number)?.clone();
        line_number += 1;
        Some(line)
    })
}
