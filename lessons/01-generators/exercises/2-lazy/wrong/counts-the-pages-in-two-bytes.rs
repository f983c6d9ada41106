//! Wrong: counts the pages in a `u16`.
//! Caught by: `there_may_be_many_pages_and_many_lines_on_one`
//! Because: a document may have more than 65,535 pages, and pages are numbered with a `usize`.
//! Says: `next` panicked at

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the document.
pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page = Vec::new().into_iter();
    let mut next_page = 0_u16;
    let mut over = false;
    iter::from_fn(move || {
        if let Some(line) = page.next() {
            return Some(line);
        }
        if over {
            return None;
        }
        page = fetch(next_page.into()).into_iter();
        next_page += 1;
        let line = page.next();
        over = line.is_none();
        line
    })
}
