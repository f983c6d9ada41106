//! Wrong: takes a page that is the same as the one before for the end, as with services that
//!   repeat their last page.
//! Caught by: `a_document_may_repeat_itself`
//! Because: the end of this document is a page without lines. A song has the same page twice.
//! Says: and the lines were ["b", "b", "a", "b", "a"]

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the document.
pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page = Vec::new().into_iter();
    let mut next_page = 0;
    let mut over = false;
    let mut before = Vec::new();
    iter::from_fn(move || {
        if let Some(line) = page.next() {
            return Some(line);
        }
        if over {
            return None;
        }
        let mut lines = fetch(next_page);
        if lines == before {
            lines.clear();
        }
        before.clone_from(&lines);
        page = lines.into_iter();
        next_page += 1;
        let line = page.next();
        over = line.is_none();
        line
    })
}
