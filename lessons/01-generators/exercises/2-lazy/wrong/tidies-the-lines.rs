//! Wrong: takes the spaces around a line away.
//! Caught by: `lines_go_out_unchanged`
//! Because: who looks for a word does not miss them, but the lines are the document's: in a poem or a program the spaces in
//!   front say something.
//! Says: page 0 is "  if a" and "b", page 1 is "b" and "c ", and the lines were ["if a", "b", "b", "c"]

pub fn lines(fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    (0..)
        .map(fetch)
        .take_while(|page| !page.is_empty())
        .flatten()
        .map(|line| line.trim().to_owned())
}
