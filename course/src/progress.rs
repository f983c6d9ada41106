//! What is done, in one small text file below the root: `.course/progress`.
//!
//! ```text
//! # What you have done. Yours to edit; `cargo course progress` reads it.
//! wakers/oneshot passed
//! wakers/oneshot hints 2
//! ```
//!
//! Invariants. Exercises are named, not numbered, and lines about exercises that are not there are kept:
//! a lesson may be renumbered or come back with another branch. Every change reads the file again under
//! a lock and replaces it whole, so that two processes cannot lose each other's marks. A file with a
//! line that makes no sense is set aside under a name that is told, and its good lines are kept.

use crate::catalog::{Catalog, Exercise};
use crate::files;
use crate::say::tell;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const HEADER: &str = "# What you have done. Yours to edit; `cargo course progress` reads it.\n";

/// What is known of one exercise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub passed: bool,
    /// How many of the hints have been seen.
    pub hints: u32,
}

/// The marks, by exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    marks: BTreeMap<String, Mark>,
}

impl Progress {
    /// Reads the progress file; no file is no progress. A damaged one is set aside.
    ///
    /// # Errors
    ///
    /// If the file is there but cannot be read, or is damaged and cannot be set aside.
    pub fn read(catalog: &Catalog) -> Result<Self> {
        let path = path(&catalog.root);
        match parse(&load(&path)?) {
            (progress, 0) => Ok(progress),
            // Mended under the lock, where another process may have done it already.
            _ => change(&catalog.root, |_| {}),
        }
    }

    /// What is known of `exercise`.
    pub fn of(&self, exercise: &Exercise) -> Mark {
        self.marks.get(&exercise.id()).copied().unwrap_or_default()
    }

    /// The exercise to go on with after `exercise`: in its lesson if there is one left, else in the next,
    /// and only then one that was skipped.
    pub fn next_after<'a>(
        &self,
        catalog: &'a Catalog,
        exercise: &Exercise,
    ) -> Option<&'a Exercise> {
        let undone = || catalog.exercises().filter(|other| !self.of(other).passed);
        let place = |other: &Exercise| (other.lesson_number, other.number);
        let in_lesson = |other: &&Exercise| other.lesson == exercise.lesson;
        let after = |other: &&Exercise| place(other) > place(exercise);
        let of_lesson = || undone().filter(in_lesson);
        let mut candidates =
            [of_lesson().find(after), of_lesson().next(), undone().find(after), undone().next()];
        candidates.iter_mut().find_map(Option::take)
    }

    /// The first exercise that has not passed.
    pub fn next<'a>(&self, catalog: &'a Catalog) -> Option<&'a Exercise> {
        catalog.exercises().find(|exercise| !self.of(exercise).passed)
    }
}

/// Marks an exercise as passed.
///
/// # Errors
///
/// If the progress file cannot be written.
pub fn mark_passed(catalog: &Catalog, exercise: &Exercise) -> Result<Progress> {
    change(&catalog.root, |progress| {
        progress.marks.entry(exercise.id()).or_default().passed = true;
    })
}

/// Remembers that the first `seen` hints have been shown.
///
/// # Errors
///
/// If the progress file cannot be written.
pub fn mark_hints(catalog: &Catalog, exercise: &Exercise, seen: u32) -> Result<Progress> {
    change(&catalog.root, |progress| {
        let mark = progress.marks.entry(exercise.id()).or_default();
        mark.hints = mark.hints.max(seen);
    })
}

fn path(root: &Path) -> PathBuf {
    root.join(".course").join("progress")
}

/// Empty where there is no file. Bytes that are no text become lines that make no sense.
fn load(path: &Path) -> Result<String> {
    match fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    }
}

fn change(root: &Path, how: impl FnOnce(&mut Progress)) -> Result<Progress> {
    let path = path(root);
    let folder = root.join(".course");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create `{}`", folder.display()))?;
    let lock_path = folder.join("lock");
    let lock = File::create(&lock_path)
        .with_context(|| format!("cannot write `{}`", lock_path.display()))?;
    // Where the file system has no locks we go on without: a course is mostly done by one process.
    let _locked = lock.lock();
    let (mut progress, damaged) = parse(&load(&path)?);
    if damaged > 0 {
        let aside =
            files::set_aside(&path, |number| folder.join(format!("progress.damaged-{number}")))?;
        let shown = aside.strip_prefix(root).unwrap_or(&aside);
        tell!(
            "the progress file was damaged: it is kept as `{}`, and its good lines are kept in use",
            shown.display()
        );
    }
    let before = progress.clone();
    how(&mut progress);
    if damaged > 0 || progress != before {
        files::write(&path, render(&progress).as_bytes())?;
    }
    Ok(progress)
}

/// The marks, and how many lines made no sense.
fn parse(text: &str) -> (Progress, usize) {
    let mut progress = Progress::default();
    let mut damaged = 0;
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if parse_line(line, &mut progress).is_none() {
            damaged += 1;
        }
    }
    (progress, damaged)
}

fn parse_line(line: &str, progress: &mut Progress) -> Option<()> {
    let words: Vec<_> = line.split_whitespace().collect();
    let (id, rest) = words.split_first()?;
    let named = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    id.split_once('/').filter(|(lesson, exercise)| named(lesson) && named(exercise))?;
    match rest {
        ["passed"] => progress.marks.entry((*id).to_owned()).or_default().passed = true,
        ["hints", seen] => {
            let seen = seen.parse().ok()?;
            progress.marks.entry((*id).to_owned()).or_default().hints = seen;
        }
        _ => return None,
    }
    Some(())
}

fn render(progress: &Progress) -> String {
    let mut text = HEADER.to_owned();
    for (id, mark) in &progress.marks {
        if mark.passed {
            text += &format!("{id} passed\n");
        }
        if mark.hints > 0 {
            text += &format!("{id} hints {}\n", mark.hints);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let text = format!(
            "{HEADER}gone/exercise passed\nwakers/oneshot passed\nwakers/oneshot hints 2\n"
        );
        let (progress, damaged) = parse(&text);
        assert_eq!(damaged, 0);
        assert_eq!(progress.marks["wakers/oneshot"], Mark { passed: true, hints: 2 });
        assert_eq!(render(&progress), text, "exercises that are not there are kept");
    }

    #[test]
    fn lines_that_make_no_sense_are_counted_and_the_others_kept() {
        let (progress, damaged) =
            parse("wakers/oneshot passed\nwakers passed\n\0\u{fffd}\na/b hints x\na/b c\n");
        assert_eq!(damaged, 4);
        assert_eq!(progress.marks.len(), 1);
    }
}
