//! Wrong: hands out one empty line for a document without pages.
//! Caught by: `an_empty_document_has_no_lines`
//! Because: a document without lines is not a document with an empty line: a page without any
//!   line is the end, and page 0 may be it.
//! Says: `next` gave [Some(""), None, None]

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the document.
pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page = Vec::new().into_iter();
    let mut next_page = 0;
    let mut over = false;
    iter::from_fn(move || {
        if let Some(line) = page.next() {
            return Some(line);
        }
        if over {
            return None;
        }
        page = fetch(next_page).into_iter();
        next_page += 1;
        let line = page.next();
        over = line.is_none();
        if over && next_page == 1 {
            return Some(String::new());
        }
        line
    })
}
