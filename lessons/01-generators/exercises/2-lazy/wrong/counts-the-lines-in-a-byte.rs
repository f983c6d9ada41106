//! Wrong: counts the lines of a page in a `u8`.
//! Caught by: `there_may_be_many_pages_and_many_lines_on_one`
//! Because: a page may have more than 255 lines. The overflow ends the program, or, in a
//!   release build, the page begins again.
//! Says: At line 255 of page 0, `next` panicked at

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the document.
pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page = Vec::new();
    let mut place = 0_u8;
    let mut next_page = 0;
    let mut over = false;
    iter::from_fn(move || {
        if let Some(line) = page.get(usize::from(place)).cloned() {
            place += 1;
            return Some(line);
        }
        if over {
            return None;
        }
        page = fetch(next_page);
        place = 1;
        next_page += 1;
        let line = page.first().cloned();
        over = line.is_none();
        line
    })
}
