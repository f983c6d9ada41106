//! Wrong: fetches the next page with the last line of a page, once the reader has come to the
//!   third page.
//! Caught by: `no_page_is_fetched_ahead_however_far_the_reader_has_come`
//! Because: that the reader has read so much does not say that it will read on. It is made to
//!   wait for a page that it may never want.
//! Says: the next line is "f", on page 2. `next` gave Some("f"), and by then pages [0, 1, 2, 3] had been fetched

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
            if next_page > 2 && page.len() == 0 {
                page = fetch(next_page).into_iter();
                next_page += 1;
                over = page.len() == 0;
            }
            return Some(line);
        }
        if over {
            return None;
        }
        page = fetch(next_page).into_iter();
        next_page += 1;
        let line = page.next();
        over = line.is_none();
        line
    })
}
