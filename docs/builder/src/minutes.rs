//! Minutes: whether those that a chapter promises are those of its lesson and of its exercises.

use crate::course::{Course, Lesson};
use crate::finding::{Finding, Kind};
use crate::page::Page;
use crate::pattern::{Pattern, pattern};
use std::path::Path;
use toml::Table;

static TIME: Pattern = pattern(r"^\*\*Time:\*\* (\d+) minutes to read, (\d+) minutes to do\.$");

/// Checks the chapter's line of minutes against the manifests of its lesson and exercises.
pub fn check(course: &Course, lesson: &Lesson, page: &Page, findings: &mut Vec<Finding>) {
    let manifest = lesson.folder.join("Cargo.toml");
    let Some(declared) = minutes(&read(&manifest)) else {
        let words =
            "says no `minutes` in [package.metadata.course]: how long does the lesson take?";
        findings.push(Finding::new(Kind::Minutes, course.relative(&manifest), 1, words));
        return;
    };
    let mut times = page.lines.iter().enumerate().filter_map(|(index, line)| {
        let found = TIME.captures(&line.text)?;
        Some((index, found[1].parse::<i64>().ok()?, found[2].parse::<i64>().ok()?))
    });
    let (Some((index, to_read, to_do)), None) = (times.next(), times.next()) else {
        let words =
            "has to say once, in its box of goals: **Time:** 30 minutes to read, 60 minutes to do.";
        findings.push(Finding::new(Kind::Minutes, &*page.file, 1, words));
        return;
    };
    let exercises = exercises(&lesson.folder.join("exercises/Cargo.toml"));
    if to_do != exercises {
        let words = format!("the exercises take {exercises} minutes together, by their manifest");
        findings.push(page.finding(Kind::Minutes, index, words));
    } else if to_read + to_do != declared {
        let words = format!(
            "{to_read} and {to_do} are not the {declared} minutes of {}",
            course.relative(&manifest).display()
        );
        findings.push(page.finding(Kind::Minutes, index, words));
    }
}

/// All that the manifest's exercises declare, added up.
fn exercises(manifest: &Path) -> i64 {
    read(manifest).values().filter_map(toml::Value::as_table).filter_map(minutes).sum()
}

/// What a manifest says for the course. That it can be read is cargo's business.
fn read(manifest: &Path) -> Table {
    let manifest = course_manifest::read(manifest).unwrap_or_default();
    course_manifest::course_metadata(&manifest)
}

fn minutes(about: &Table) -> Option<i64> {
    about.get("minutes")?.as_integer()
}
