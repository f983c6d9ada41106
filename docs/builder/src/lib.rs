//! Builds the book, and proves that it is true.
//!
//! mdBook comes in as a library, so that `cargo book` works on a machine that has nothing but Rust.
//! The truth test reads every chapter as its reader gets it, and reports each [`Finding`] with its
//! place, what is wrong, and what to do. `docs/builder/README.md` has the conventions that it holds
//! chapters to.
//!
//! ```no_run
//! use book::Course;
//!
//! let here = std::env::current_dir().expect("there is a current folder");
//! let course = Course::around(&here).expect("the folder lies in a course");
//! for finding in book::check(&course) {
//!     println!("{finding}");
//! }
//! ```

mod command;
mod compiler;
mod course;
mod figures;
mod finding;
mod form;
mod include;
mod lessons;
mod library;
mod links;
mod minutes;
mod outline;
mod page;
mod pattern;
mod quote;
mod render;
mod rust;
mod summary;
mod timelines;
mod transcript;

pub use course::Course;
pub use figures::draw;
pub use finding::{Finding, Kind};

use anyhow::{Context, Result};
use outline::Outline;
use page::Page;
use render::Rendered;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use summary::Contents;

/// Builds the book into `docs/book`. Returns its first page, and what SUMMARY.md says that is not
/// so: what it names and is missing is left out.
///
/// # Errors
///
/// SUMMARY.md or `book.toml` cannot be read, or mdBook fails.
pub fn build(course: &Course) -> Result<(PathBuf, Vec<Finding>)> {
    let mut findings = Vec::new();
    let Some(contents) = Contents::read(course, &mut findings) else {
        let words: Vec<String> = findings.iter().map(Finding::to_string).collect();
        anyhow::bail!("{}", words.join("\n"));
    };
    let folder = course.docs().join("book");
    render::render(course, contents.summary, &folder).context("mdBook could not build the book")?;
    Ok((folder.join("index.html"), findings))
}

/// Reads the whole book and reports whatever in it is not true, in the order of files and lines.
pub fn check(course: &Course) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(contents) = Contents::read(course, &mut findings) else {
        return findings;
    };
    let pages = pages(course, &contents, &mut findings);
    for (page, outline) in &pages {
        form::check(page, outline, &mut findings);
        transcript::check(course, page, outline, &mut findings);
        lessons::commands(course, page, outline, &mut findings);
    }
    readme(course, &mut findings);
    lessons::check(course, &pages, &mut findings);
    timelines::check(course, &pages, &mut findings);
    figures::check(course, &pages, &mut findings);
    rendered(course, contents, &pages, &mut findings);
    rust::check(course, &pages, &mut findings);
    command::check(course, &pages, &mut findings);
    findings.sort();
    findings.dedup();
    findings
}

/// Reports only what is not true of measured figures, which takes a moment.
pub fn figures(course: &Course) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(contents) = Contents::read(course, &mut Vec::new()) {
        let pages = pages(course, &contents, &mut Vec::new());
        figures::check(course, &pages, &mut findings);
    }
    findings
}

fn pages(
    course: &Course,
    contents: &Contents,
    findings: &mut Vec<Finding>,
) -> Vec<(Page, Outline)> {
    let mut pages = Vec::new();
    for chapter in &contents.chapters {
        if let Some(page) = Page::read(course, chapter, findings) {
            let outline = Outline::of(&page);
            pages.push((page, outline));
        }
    }
    pages
}

/// The README is not a chapter, but what it quotes from a transcript or from figures is to be as
/// true.
fn readme(course: &Course, findings: &mut Vec<Finding>) {
    let name = Path::new("../../README.md");
    if !course.chapters().join(name).is_file() {
        return;
    }
    if let Some(page) = Page::read(course, name, findings) {
        let outline = Outline::of(&page);
        transcript::check(course, &page, &outline, findings);
        figures::claims(course, &page, &outline, findings);
    }
}

/// Builds the book into a temporary folder, and checks what only the built pages show: the headings
/// that links lead to, and directives that mdBook left in the text.
fn rendered(
    course: &Course,
    contents: Contents,
    pages: &[(Page, Outline)],
    findings: &mut Vec<Finding>,
) {
    let built = tempfile::tempdir().context("no temporary folder").and_then(|folder| {
        render::render(course, contents.summary, folder.path())?;
        let read = |(page, _): &(Page, Outline)| {
            Ok((page.name.clone(), Rendered::read(folder.path(), &page.name)?))
        };
        pages.iter().map(read).collect::<Result<HashMap<_, _>>>()
    });
    let built = match built {
        Ok(built) => built,
        Err(error) => {
            let words = format!("mdBook could not build the book: {error:#}");
            findings.push(Finding::new(Kind::BuildFailed, "docs/book.toml", 1, words));
            return;
        }
    };
    for (page, outline) in pages {
        links::check(course, page, outline, &built, findings);
        let leftover = built.get(&page.name).and_then(|page| page.leftover.as_ref());
        // Where an include failed, that is why: it has been reported, with its line.
        let known = page.lines.iter().any(|line| line.missing);
        if let (Some(leftover), false) = (leftover, known) {
            let words = format!("`{leftover}` is left over in the built page");
            findings.push(Finding::new(Kind::Leftover, &*page.file, 1, words));
        }
    }
}
