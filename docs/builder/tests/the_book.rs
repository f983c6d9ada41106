//! The book itself.

use book::Course;
use std::path::Path;

#[test]
fn the_book_is_true() {
    let course =
        Course::around(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the course is above");
    let findings = book::check(&course);
    let words: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(words.is_empty(), "{} findings\n\n{}", words.len(), words.join("\n"));
}
