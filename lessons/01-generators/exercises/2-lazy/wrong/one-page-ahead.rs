//! Wrong: fetches the next page as soon as the last line of a page has been taken.
//! Caught by: `the_last_line_of_a_page_does_not_fetch_the_next_page`
//! Because: the line that was asked for is in hand, and its reader is made to wait for a page that
//!   it may never want.
//! Says: both lines of page 0 were asked for, and pages [0, 1] were fetched

use std::collections::VecDeque;
use std::iter;

pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut page: VecDeque<String> = VecDeque::new();
    let mut next_page = 0;
    let mut started = false;
    iter::from_fn(move || {
        if !started {
            started = true;
            page = fetch(next_page).into();
            next_page += 1;
        }
        let line = page.pop_front();
        if line.is_some() && page.is_empty() {
            page = fetch(next_page).into();
            next_page += 1;
        }
        line
    })
}
