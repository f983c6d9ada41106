//! Wrong: keeps two numbers, the page and the line, and fetches the page again for every line.
//! Caught by: `a_page_is_fetched_once`
//! Because: the lines that came with the first one are thrown away. A page of a hundred lines is
//!   fetched a hundred times.
//! Says: three lines of page 0 were asked for, and the fetched pages are [0, 0, 0]

use std::iter;

pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut number = 0;
    let mut index = 0;
    let mut over = false;
    iter::from_fn(move || {
        while !over {
            let mut page = fetch(number);
            if index < page.len() {
                index += 1;
                return Some(page.swap_remove(index - 1));
            }
            over = page.is_empty();
            number += 1;
            index = 0;
        }
        None
    })
}
