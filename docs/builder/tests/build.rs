//! Building: where the book is, and how the command line answers.

mod fixture;

use fixture::Fixture;
use std::path::Path;
use std::process::{Command, Output};

fn book(words: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_book"))
        .args(words)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn build_says_where_the_book_is_from_any_folder() {
    let fixture = Fixture::new();
    let output = book(&["build"], &fixture.root().join("lessons/01-pause/src"));
    let said = stdout(&output);
    assert!(output.status.success(), "{output:?}");
    assert!(
        said.contains("docs/book/index.html") || said.contains(r"docs\book\index.html"),
        "{said}"
    );
    let page = fixture.root().join("docs/book/pause.html");
    let html = std::fs::read_to_string(page).expect("the chapter is built");
    assert!(html.contains("Stops half-way"), "the included code is in the page");
}

#[test]
fn build_goes_on_without_a_missing_chapter_and_says_so() {
    let entry = "- [Glossary](glossary.md)\n- [Later](later.md)";
    let fixture = Fixture::with("docs/src/SUMMARY.md", "- [Glossary](glossary.md)", entry);
    let output = book(&["build"], fixture.root());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("later.md"), "{output:?}");
    assert!(fixture.root().join("docs/book/pause.html").is_file());
    assert!(!fixture.root().join("docs/src/later.md").exists(), "nothing is made up");
}

#[test]
fn build_fails_with_words_where_there_is_no_summary() {
    let fixture = Fixture::new();
    std::fs::remove_file(fixture.root().join("docs/src/SUMMARY.md")).expect("it was there");
    let output = book(&["build"], fixture.root());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("SUMMARY.md"), "{output:?}");
}

#[test]
fn check_tells_true_from_false_by_its_exit_code() {
    let fixture = Fixture::new();
    let output = book(&["check"], fixture.root());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    fixture.edit("docs/src/pause.md", "(#exercises)", "(#exercize)");
    let output = book(&["check"], fixture.root());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = stdout(&output);
    assert!(said.contains("pause.md:9: [dead-heading]") && said.contains("1 finding"), "{said}");
}

#[test]
fn wrong_words_and_wrong_places_end_with_2() {
    let fixture = Fixture::new();
    for words in [&[][..], &["frobnicate"], &["build", "--opne"], &["check", "all"]] {
        let output = book(words, fixture.root());
        assert_eq!(output.status.code(), Some(2), "{words:?}: {output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("Usage"), "{output:?}");
    }
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(book(&["check"], elsewhere.path()).status.code(), Some(2));
}

#[test]
fn help_is_not_an_error() {
    let fixture = Fixture::new();
    let output = book(&["build", "--help"], fixture.root());
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("Exit codes"));
}

#[cfg(target_os = "linux")]
#[test]
fn words_that_cannot_be_written_are_an_error_with_its_cause() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("it is there");
    let output = Command::new(env!("CARGO_BIN_EXE_book")).arg("--help").stdout(full).output();
    let output = output.expect("it starts");
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("cannot write to standard output: No space left on device"), "{said}");
}
