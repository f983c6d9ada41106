//! Right: a chain of the standard library's adapters, without a closure that keeps anything.

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the
/// document.
pub fn lines(fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    (0..).map(fetch).take_while(|page| !page.is_empty()).flatten()
}
