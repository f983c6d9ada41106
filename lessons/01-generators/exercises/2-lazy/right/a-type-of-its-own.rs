//! Right: a `VecDeque` of lines in a `VecDeque` of pages, in a type of its own that drops the
//!   source at the end.

use std::collections::VecDeque;

struct Lines<F> {
    source: Option<F>,
    pages: VecDeque<VecDeque<String>>,
    fetched: usize,
}

impl<F: FnMut(usize) -> Vec<String>> Iterator for Lines<F> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        loop {
            while let Some(page) = self.pages.front_mut() {
                if let Some(line) = page.pop_front() {
                    return Some(line);
                }
                self.pages.pop_front();
            }
            let page = self.source.as_mut()?(self.fetched);
            self.fetched += 1;
            if page.is_empty() {
                self.source = None;
            }
            self.pages.push_back(page.into());
        }
    }
}

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the
/// document.
pub fn lines(fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    Lines { source: Some(fetch), pages: VecDeque::new(), fetched: 0 }
}
