//! Wrong: leaves out the empty lines at the beginning and at the end of a page that has others.
//! Caught by: `empty_lines_at_either_end_of_a_page_are_lines`
//! Because: an empty line may stand anywhere. Where the pages are cut is the service's affair,
//!   and a paragraph may end with a page.
//! Says: and the lines were ["a", "b", "", ""]

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
        let mut lines = fetch(next_page);
        if lines.iter().any(|line| !line.is_empty()) {
            while lines.pop_if(|line| line.is_empty()).is_some() {}
            while lines[0].is_empty() {
                lines.remove(0);
            }
        }
        page = lines.into_iter();
        next_page += 1;
        let line = page.next();
        over = line.is_none();
        line
    })
}
