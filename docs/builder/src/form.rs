//! Form: what makes a page hard to read or to search, whatever it says.

use crate::finding::{Finding, Kind};
use crate::outline::Outline;
use crate::page::Page;
use crate::pattern::{Pattern, pattern};

static NOTE: Pattern = pattern(r"\b(TODO|FIXME|XXX|TBD)\b");

/// Checks blocks, images, headings, and looks for notes that the author left to themselves.
pub fn check(page: &Page, outline: &Outline, findings: &mut Vec<Finding>) {
    let mut report = |line, words: &str| findings.push(page.finding(Kind::Form, line, words));
    for block in &outline.blocks {
        if block.info.is_empty() {
            report(
                block.line,
                "a block of code without a language: write ```text, ```console, ```rust …",
            );
        }
        if block.body.iter().all(|line| line.trim().is_empty()) {
            report(block.line, "an empty block of code");
        }
    }
    for link in &outline.links {
        if link.alt.as_deref().is_some_and(|alt| alt.trim().is_empty()) {
            report(link.line, "an image without alt text: say what one sees in it");
        }
    }
    for (index, line) in page.lines.iter().enumerate() {
        if let Some(note) = NOTE.find(&line.text) {
            report(index, &format!("`{}` is left over", note.as_str()));
        }
    }
    headings(page, outline, &mut report);
}

/// The chapter's own headings go down one level at a time, and so do those of each text that it
/// includes.
fn headings(page: &Page, outline: &Outline, report: &mut impl FnMut(usize, &str)) {
    let mut own = 0;
    let mut included = 0;
    for heading in &outline.headings {
        let last = if page.is_own(heading.line) {
            included = 0;
            &mut own
        } else {
            &mut included
        };
        if heading.level > *last + 1 {
            let words = format!("a heading of level {} follows one of level {last}", heading.level);
            report(heading.line, &words);
        }
        if page.is_own(heading.line) && heading.level == 1 && *last > 0 {
            report(heading.line, "a second title: a chapter has one heading of level 1");
        }
        *last = heading.level;
    }
    if own == 0 {
        report(0, "a chapter without a title");
    }
}
