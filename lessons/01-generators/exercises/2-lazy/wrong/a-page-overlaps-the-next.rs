//! Wrong: takes a line that is the same as the one before for one that was fetched twice, and leaves it out.
//! Caught by: `lines_go_out_unchanged`
//! Because: pages do not overlap, and a document may say the same twice.
//! Says: and the lines were ["  if a", "b", "c "]

pub fn lines(fetch: impl FnMut(usize) -> Vec<String>) -> impl Iterator<Item = String> {
    let mut last = None;
    (0..).map(fetch).take_while(|page| !page.is_empty()).flatten().filter(move |line| {
        let is_new = last.as_ref() != Some(line);
        last = Some(line.clone());
        is_new
    })
}
