//! Wrong: returns `None` at the empty page, and does not remember it.
//! Caught by: `after_the_end_nothing_is_fetched`
//! Because: the next call finds no line left and fetches once more. What lies behind the end comes out as if it belonged to
//!   the document.
//! Says: after the end, `next` gave [Some("not to be seen"), None]

use std::iter;

pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page = Vec::new().into_iter();
    let mut next_page = 0;
    iter::from_fn(move || {
        page.next().or_else(|| {
            page = fetch(next_page).into_iter();
            next_page += 1;
            page.next()
        })
    })
}
