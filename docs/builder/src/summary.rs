//! SUMMARY.md: which chapters there are, and whether it and the files agree.

use crate::course::Course;
use crate::finding::{Finding, Kind};
use mdbook_summary::{Link, Summary, SummaryItem, parse_summary};
use std::fs;
use std::path::{Path, PathBuf};

/// SUMMARY.md, without the entries whose file is missing, so that the rest can be built and looked
/// at.
#[derive(Debug)]
pub struct Contents {
    /// What mdBook builds.
    pub summary: Summary,
    /// The chapters, in order, relative to the folder of chapters.
    pub chapters: Vec<PathBuf>,
}

const NAME: &str = "docs/src/SUMMARY.md";

impl Contents {
    /// Reads SUMMARY.md and compares it with the files.
    pub fn read(course: &Course, findings: &mut Vec<Finding>) -> Option<Contents> {
        let text = fs::read_to_string(course.chapters().join("SUMMARY.md"));
        let parsed = text.map_err(|error| error.to_string()).and_then(|text| {
            Ok((parse_summary(&text).map_err(|error| format!("{error:#}"))?, text))
        });
        let (mut summary, text) = match parsed {
            Ok(parsed) => parsed,
            Err(why) => {
                findings.push(Finding::new(Kind::BuildFailed, NAME, 1, why));
                return None;
            }
        };
        let mut sieve = Sieve { course, text: &text, chapters: Vec::new(), findings };
        for items in [
            &mut summary.prefix_chapters,
            &mut summary.numbered_chapters,
            &mut summary.suffix_chapters,
        ] {
            sieve.sift(items);
        }
        let chapters = sieve.chapters;
        forgotten(course, &chapters, findings);
        Some(Contents { summary, chapters })
    }
}

/// Keeps the entries that have a file, and reports the others.
struct Sieve<'a> {
    course: &'a Course,
    text: &'a str,
    chapters: Vec<PathBuf>,
    findings: &'a mut Vec<Finding>,
}

impl Sieve<'_> {
    fn sift(&mut self, items: &mut Vec<SummaryItem>) {
        items.retain_mut(|item| match item {
            SummaryItem::Link(link) => self.keep(link),
            _ => true,
        });
    }

    fn keep(&mut self, link: &mut Link) -> bool {
        let Some(location) = link.location.clone() else {
            let words =
                format!("`{}` has no file: write the chapter or take the entry out", link.name);
            self.report(&link.name, words);
            return false;
        };
        if !self.course.chapters().join(&location).is_file() {
            let words = format!("names {}, which does not exist", location.display());
            self.report(&location.display().to_string(), words);
            return false;
        }
        self.chapters.push(location);
        self.sift(&mut link.nested_items);
        true
    }

    fn report(&mut self, needle: &str, words: String) {
        let at = self.text.lines().position(|line| line.contains(needle));
        let line = at.map_or(1, |index| index + 1);
        self.findings.push(Finding::new(Kind::MissingChapter, NAME, line, words));
    }
}

/// Chapters that nobody will ever see.
fn forgotten(course: &Course, chapters: &[PathBuf], findings: &mut Vec<Finding>) {
    let folder = course.chapters();
    for file in markdown_in(&folder) {
        let name = file.strip_prefix(&folder).unwrap_or(&file).to_owned();
        // Tables of figures are parts of chapters.
        let is_part = name.starts_with(crate::figures::FOLDER);
        if name != Path::new("SUMMARY.md") && !is_part && !chapters.contains(&name) {
            let words = "SUMMARY.md does not name this chapter, so it is not in the book";
            let finding = Finding::new(Kind::NotInSummary, course.relative(&file), 1, words);
            findings.push(finding);
        }
    }
}

fn markdown_in(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(markdown_in(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found
}
