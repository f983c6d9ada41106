//! `progress`: what is done, for people and for programs.

use crate::catalog::{Catalog, Lesson};
use crate::exit::Exit;
use crate::progress::Progress;
use crate::say::{self, GOOD, QUIET, TITLE, TYPE, count, marks, outln};
use anyhow::Result;
use serde_json::{Value, json};

pub fn run(catalog: &Catalog, as_json: bool) -> Result<Exit> {
    let progress = Progress::read(catalog)?;
    if as_json {
        let text = serde_json::to_string_pretty(&to_json(catalog, &progress))?;
        say::raw(format!("{text}\n").as_bytes());
        return Ok(Exit::Done);
    }
    for lesson in &catalog.lessons {
        tell_lesson(lesson, &progress);
    }
    let (done, all) = done_of(catalog, &progress);
    outln!("{TITLE}{done} of {all} exercises done{TITLE:#}");
    if let Some(next) = progress.next(catalog) {
        outln!("next  {TYPE}cargo course exercise {}{TYPE:#}   ({})", next.short(), next.name);
    }
    Ok(Exit::Done)
}

fn tell_lesson(lesson: &Lesson, progress: &Progress) {
    outln!("{TITLE}{} {}{TITLE:#}", lesson.number, lesson.name);
    for exercise in &lesson.exercises {
        let mark = progress.of(exercise);
        let (style, sign) =
            if mark.passed { (GOOD, marks().passed) } else { (QUIET, marks().skipped) };
        let hints = match mark.hints {
            0 => String::new(),
            seen => format!("  {QUIET}{} seen{QUIET:#}", count(seen as usize, "hint")),
        };
        outln!("  {style}{sign}{style:#} {} {}{hints}", exercise.short(), exercise.name);
    }
}

fn done_of(catalog: &Catalog, progress: &Progress) -> (usize, usize) {
    let done = catalog.exercises().filter(|exercise| progress.of(exercise).passed).count();
    (done, catalog.exercises().count())
}

/// The shape is a promise: fields may be added, none goes away or changes its meaning.
fn to_json(catalog: &Catalog, progress: &Progress) -> Value {
    let lessons: Vec<_> = catalog
        .lessons
        .iter()
        .map(|lesson| {
            let exercises: Vec<_> = lesson
                .exercises
                .iter()
                .map(|exercise| {
                    let mark = progress.of(exercise);
                    json!({
                        "number": exercise.number,
                        "name": exercise.name,
                        "id": exercise.id(),
                        "passed": mark.passed,
                        "hints": mark.hints,
                    })
                })
                .collect();
            json!({ "number": lesson.number, "name": lesson.name, "exercises": exercises })
        })
        .collect();
    let (passed, exercises) = done_of(catalog, progress);
    json!({ "passed": passed, "exercises": exercises, "lessons": lessons })
}
