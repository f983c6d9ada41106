//! Wrong: puts all pages end to end, empty ones too.
//! Caught by: `after_the_end_nothing_is_fetched`
//! Because: an empty page adds no line, so nothing shows that it was the end. After the last line `next` looks for
//!   another one for ever.
//! Says: the lines were [Some("a"), Some("not to be seen")]

/// Returns the lines of a document, page by page.
///
/// `fetch(n)` returns the lines of page `n`, counted from 0. An empty page is the end of the document.
pub fn lines(fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    (0..).flat_map(fetch)
}
