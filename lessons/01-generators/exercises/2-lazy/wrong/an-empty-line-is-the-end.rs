//! Wrong: takes an empty line for the end.
//! Caught by: `an_empty_line_is_a_line`
//! Because: an empty page says that there is no more. An empty line is text, between two paragraphs
//!   say, and the document goes on behind it.
//! Says: and the lines were ["a"]

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the
/// document.
pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page = Vec::new().into_iter();
    let mut number = 0;
    let mut over = false;
    iter::from_fn(move || -> Option<String> {
        if over {
            return None;
        }
        if page.len() == 0 {
            page = fetch(number).into_iter();
            number += 1;
        }
        let line: String = page.next().unwrap_or_default();
        if line.is_empty() {
            over = true;
            return None;
        }
        Some(line)
    })
}
