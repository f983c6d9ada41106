//! The lines of a document that comes in pages.
//!
//! The three variables are the state of the generator: where it stands in the page, which page
//! comes next, and whether it is over. The closure owns them, and runs only inside `next`.
//!
//! With the adapters of the standard library it is one line, as lazy as this one:
//! `(0..).map(fetch).take_while(|page| !page.is_empty()).flatten()`.

use std::iter;

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the
/// document.
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
        line
    })
}
