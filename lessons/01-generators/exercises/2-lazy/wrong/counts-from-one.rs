//! Wrong: begins with page 1.
//! Caught by: `lines_come_in_order_across_pages`
//! Because: pages are numbered from 0. The first one is never fetched.
//! Says: and the lines were ["c", "d", "e"]

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the document.
pub fn lines(fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    (1..).map(fetch).take_while(|page| !page.is_empty()).flatten()
}
