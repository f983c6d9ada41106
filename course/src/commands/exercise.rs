//! `exercise`: the task, the file to edit, and the command to run; or what exercises a lesson has.

use super::named_or_next;
use crate::catalog::{Catalog, Exercise, Lesson};
use crate::exit::Exit;
use crate::files;
use crate::names::{self, Scope};
use crate::progress::Progress;
use crate::say::{GOOD, QUIET, TITLE, TYPE, count, marks, outln};
use anyhow::{Context, Result};
use std::fs;

pub fn run(catalog: &Catalog, words: Option<&str>) -> Result<Exit> {
    if let Some(words) = words
        && let Scope::Lesson(lesson) = names::scope(catalog, words)?
    {
        return tell_lesson(catalog, lesson);
    }
    match named_or_next(catalog, words)? {
        Some(exercise) => tell_exercise(catalog, exercise),
        None => {
            outln!("Every exercise is done. `cargo course exercise 1` lists those of lesson 1.");
            Ok(Exit::Done)
        }
    }
}

fn tell_lesson(catalog: &Catalog, lesson: &Lesson) -> Result<Exit> {
    let progress = Progress::read(catalog)?;
    outln!("{TITLE}{} {}{TITLE:#}  {}", lesson.number, lesson.name, lesson.promise);
    if lesson.exercises.is_empty() {
        outln!("This lesson has no exercises.");
    }
    let name = lesson
        .exercises
        .iter()
        .map(|exercise| exercise.name.chars().count())
        .max()
        .unwrap_or_default();
    for exercise in &lesson.exercises {
        let passed = progress.of(exercise).passed;
        let (style, mark) = if passed { (GOOD, marks().passed) } else { (QUIET, marks().skipped) };
        let minutes = exercise.minutes.map(|minutes| format!("{minutes} min")).unwrap_or_default();
        outln!(
            "  {style}{mark}{style:#} {}  {:name$}  {QUIET}{minutes:>6}{QUIET:#}  {TYPE}cargo course exercise {0}{TYPE:#}",
            exercise.short(),
            exercise.name
        );
    }
    Ok(Exit::Done)
}

fn tell_exercise(catalog: &Catalog, exercise: &Exercise) -> Result<Exit> {
    files::answer(exercise)?;
    let path = exercise.folder.join("task.md");
    let task =
        fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    tell_markdown(&task);
    outln!();
    if let Some(minutes) = exercise.minutes {
        outln!("time    about {}", count(minutes as usize, "minute"));
    }
    outln!("edit    {TYPE}{}{TYPE:#}", catalog.shown(&exercise.answer()));
    outln!("read    {TYPE}{}{TYPE:#}   what is checked", catalog.shown(&exercise.check()));
    outln!("run     {TYPE}cargo course check {}{TYPE:#}", exercise.short());
    outln!("stuck?  {TYPE}cargo course hint {}{TYPE:#}", exercise.short());
    Ok(Exit::Done)
}

/// Markdown is made to be read as it is; its headings stand out.
pub fn tell_markdown(text: &str) {
    let mut code = false;
    for line in text.trim_end().lines() {
        if line.starts_with("```") {
            code = !code;
        }
        if line.starts_with('#') && !code {
            outln!("{TITLE}{line}{TITLE:#}");
        } else {
            outln!("{line}");
        }
    }
}
