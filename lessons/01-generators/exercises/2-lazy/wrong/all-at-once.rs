//! Wrong: fetches every page before it returns the iterator.
//! Caught by: `making_the_iterator_fetches_nothing`
//! Because: whoever wants one line pays for the whole document, and a document without an end is
//!   never returned.
//! Says: pages [0, 1] were fetched, and nobody has asked for a line

pub fn lines(mut fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut all = Vec::new();
    for number in 0.. {
        let page = fetch(number);
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    all.into_iter()
}
