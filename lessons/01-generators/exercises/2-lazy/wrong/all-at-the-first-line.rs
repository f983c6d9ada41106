//! Wrong: waits for the first `next`, and then fetches every page.
//! Caught by: `a_line_fetches_the_page_it_is_on_and_no_other`
//! Because: it begins late, but then does all the work at once. The first line still costs the
//!   whole document.
//! Says: It is on page 0, and pages [0, 1, 2, 3] were fetched

use std::iter;

pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut all: Option<std::vec::IntoIter<String>> = None;
    iter::from_fn(move || {
        let lines = all.get_or_insert_with(|| {
            let mut lines = Vec::new();
            let mut number = 0;
            loop {
                let page = fetch(number);
                if page.is_empty() {
                    break lines.into_iter();
                }
                lines.extend(page);
                number += 1;
            }
        });
        lines.next()
    })
}
