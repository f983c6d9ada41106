//! Wrong: takes the `\r` away from the end of a line.
//! Caught by: `lines_go_out_unchanged`
//! Because: each line comes as it is. A reader that wants to compare or to write the document
//!   back needs all of it.
//! Says: and the lines were ["z", "\tÄ", "   ", "x", "two\nin one"]

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
        let lines = fetch(next_page).into_iter();
        let stripped = lines.map(|line| line.trim_end_matches('\r').to_owned());
        page = stripped.collect::<Vec<_>>().into_iter();
        next_page += 1;
        let line = page.next();
        over = line.is_none();
        line
    })
}
