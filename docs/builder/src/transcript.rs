//! Blocks that quote a lesson's transcript, and the comments that introduce quotations.

use crate::course::Course;
use crate::finding::{Finding, Kind};
use crate::outline::{Block, Outline};
use crate::page::Page;
use crate::quote::{Extent, Quote, compare};
use std::fs;

/// Checks the comment before each block, and the quotations from transcripts.
pub fn check(course: &Course, page: &Page, outline: &Outline, findings: &mut Vec<Finding>) {
    for block in &outline.blocks {
        let Some((line, comment)) = &block.comment else {
            continue;
        };
        match Quote::parse(comment) {
            Ok(Quote::Transcript(lesson)) => {
                if let Err(words) = quoted(course, &lesson, block) {
                    findings.push(page.finding(Kind::NotInTranscript, block.line, words));
                }
            }
            Ok(_) => {}
            Err(words) => findings.push(page.finding(Kind::UnknownComment, *line, words)),
        }
    }
}

fn quoted(course: &Course, name: &str, block: &Block) -> Result<(), String> {
    let lessons = course.lessons();
    let Some(lesson) = lessons.iter().find(|lesson| lesson.name == name) else {
        let known: Vec<&str> = lessons.iter().map(|lesson| lesson.name.as_str()).collect();
        return Err(format!("there is no lesson `{name}`; there are {}", known.join(", ")));
    };
    let file = lesson.transcript();
    let shown = course.relative(&file);
    let original = fs::read_to_string(&file)
        .map_err(|error| format!("{} cannot be read: {error}", shown.display()))?;
    compare(&block.body, &original, Extent::Part)
        .map_err(|why| format!("is not in {}: {why}", shown.display()))
}
