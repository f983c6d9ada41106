//! What is done, in one small text file below the root: `.course/progress`.
//!
//! ```text
//! # What you have done. Yours to edit; `cargo course progress` reads it.
//! wakers/oneshot passed
//! wakers/oneshot hints 2
//! wakers/oneshot backups 1
//! ```
//!
//! Invariants. Exercises are named, not numbered, and lines about exercises that are not there are
//! kept: a lesson may be renumbered or come back with another branch. So are comments. Every change
//! reads the file again under a lock and replaces it whole, so that two processes cannot lose each
//! other's marks. Lines that make no sense, and nothing else, are set aside under a name that is
//! told. What is not a file, or is far too long for one, is set aside as it is.

use crate::catalog::{Catalog, Exercise};
use crate::files;
use crate::say::errln;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

const HEADER: &str = "# What you have done. Yours to edit; `cargo course progress` reads it.\n";
/// A line for every exercise of fifty courses. What is longer was not written by us.
const MOST_BYTES: u64 = 1024 * 1024;

/// What is known of one exercise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub passed: bool,
    /// How many of the hints have been seen.
    pub hints: u32,
    /// The highest number that a backup of its answer has had. A number is not used again when its
    /// backup is moved away.
    backups: u32,
}

/// The marks, by exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    marks: BTreeMap<String, Mark>,
    /// The learner's own, with their `#`.
    comments: Vec<String>,
}

impl Progress {
    /// Reads the progress file; no file is no progress. What is damaged is set aside.
    ///
    /// # Errors
    ///
    /// If the file is there but cannot be read, or something is damaged and cannot be set aside.
    pub fn read(catalog: &Catalog) -> Result<Self> {
        match load(&path(&catalog.root))? {
            Loaded { progress, odd, unfit: None } if odd.is_empty() => Ok(progress),
            // Mended under the lock, where another process may have done it already.
            _ => change(&catalog.root, |_| {}),
        }
    }

    /// What is wrong with the progress file, without touching it: for `doctor`.
    pub fn trouble(root: &Path) -> Option<String> {
        match load(&path(root)) {
            Err(error) => Some(format!("{error:#}")),
            Ok(Loaded { unfit: Some(why), .. }) => Some(format!("`{SHOWN}` {why}")),
            Ok(Loaded { odd, .. }) => odd.first().map(|(number, line)| {
                format!("line {number} of `{SHOWN}` makes no sense: `{line}`")
            }),
        }
    }

    /// What is known of `exercise`.
    pub fn of(&self, exercise: &Exercise) -> Mark {
        self.marks.get(&exercise.id()).copied().unwrap_or_default()
    }

    /// The exercise to go on with after `exercise`: in its lesson if there is one left, else in the
    /// next, and only then one that was skipped.
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

/// Takes the number of the next backup of an exercise's answer: higher than that of every one
/// before it.
///
/// # Errors
///
/// If the progress file cannot be written, which remembers it.
pub fn next_backup(catalog: &Catalog, exercise: &Exercise) -> Result<u32> {
    let entries = fs::read_dir(&exercise.folder).into_iter().flatten().flatten();
    let there = entries.filter_map(|entry| {
        let name = entry.file_name();
        let number = name.to_str()?.strip_prefix("answer.backup-")?.strip_suffix(".rs")?;
        number.parse::<u32>().ok()
    });
    let there = there.max().unwrap_or_default();
    let progress = change(&catalog.root, |progress| {
        let mark = progress.marks.entry(exercise.id()).or_default();
        mark.backups = mark.backups.max(there).saturating_add(1);
    })?;
    Ok(progress.of(exercise).backups)
}

/// As it is shown.
const SHOWN: &str = ".course/progress";

fn path(root: &Path) -> PathBuf {
    root.join(".course").join("progress")
}

/// What is in the file.
#[derive(Debug, Default)]
struct Loaded {
    progress: Progress,
    /// The lines that make no sense, with their numbers.
    odd: Vec<(usize, String)>,
    /// Why the whole of it has to be set aside.
    unfit: Option<&'static str>,
}

/// Nothing where there is no file.
fn load(path: &Path) -> Result<Loaded> {
    let in_words = || {
        format!(
            "cannot read `{}`; make it yours (`chmod u+rw`, `chown`), or move it away to begin a new one",
            path.display()
        )
    };
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Loaded::default()),
        Err(error) => return Err(error).with_context(in_words),
        // A pipe would have us wait for ever.
        Ok(about) if !about.is_file() => {
            return Ok(Loaded { unfit: Some("is not a file"), ..Loaded::default() });
        }
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.with_context(in_words)?;
    if bytes.len() as u64 > MOST_BYTES {
        // Its last line may be cut.
        bytes.truncate(bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or_default());
        let (progress, _) = parse(&text(&bytes));
        let unfit = Some("is longer than 1 MiB, of which only the first was read");
        return Ok(Loaded { progress, odd: Vec::new(), unfit });
    }
    let (progress, odd) = parse(&text(&bytes));
    Ok(Loaded { progress, odd, unfit: None })
}

/// Some editors save UTF-16, or mark UTF-8 with an invisible character. Bytes that are not text
/// become lines that make no sense.
fn text(bytes: &[u8]) -> String {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<_> =
            rest.chunks(2).map(|pair| unit([pair[0], *pair.get(1).unwrap_or(&0)])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
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
    let loaded = load(&path)?;
    set_aside(&folder, &path, &loaded)?;
    let damaged = loaded.unfit.is_some() || !loaded.odd.is_empty();
    let mut progress = loaded.progress;
    let before = progress.clone();
    how(&mut progress);
    if damaged || progress != before {
        files::write(&path, render(&progress).as_bytes())?;
    }
    Ok(progress)
}

/// Keeps what cannot be read under a name of its own, and says so.
fn set_aside(folder: &Path, path: &Path, loaded: &Loaded) -> Result<()> {
    let name = |number| folder.join(format!("progress.damaged-{number}"));
    let shown =
        |aside: &Path| format!(".course/{}", aside.file_name().unwrap_or_default().display());
    if let Some(why) = loaded.unfit {
        let aside = shown(&files::set_aside(path, 1, name)?);
        errln!(
            "`{SHOWN}` {why}: it is kept as `{aside}`, and a new one is begun with what could be read; \
             delete the old one, or copy lines like `wakers/oneshot passed` from it"
        );
        return Ok(());
    }
    let Some((number, line)) = loaded.odd.first() else { return Ok(()) };
    let mut lines = String::new();
    loaded.odd.iter().for_each(|(_, line)| lines += &format!("{line}\n"));
    let new = folder.join("progress.damaged");
    files::write(&new, lines.as_bytes())?;
    let aside = shown(&files::set_aside(&new, 1, name)?);
    let (which, it) = match loaded.odd.len() {
        1 => (format!("line {number} of `{SHOWN}` makes no sense"), "it is"),
        many => (
            format!("{many} lines of `{SHOWN}` make no sense, the first is line {number}"),
            "they are",
        ),
    };
    let line: String = line.chars().take(60).filter(|c| !c.is_control()).collect();
    errln!(
        "{which}: `{line}`; {it} kept as `{aside}`, the others stay in use; \
         write lines like `wakers/oneshot passed`, or delete `{aside}`"
    );
    Ok(())
}

/// The marks, and the lines that make no sense, with their numbers.
fn parse(text: &str) -> (Progress, Vec<(usize, String)>) {
    let mut progress = Progress::default();
    let mut odd = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line == HEADER.trim_end() {
            continue;
        }
        if line.starts_with('#') {
            progress.comments.push(line.to_owned());
        } else if parse_line(line, &mut progress).is_none() {
            odd.push((at + 1, line.to_owned()));
        }
    }
    (progress, odd)
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
        ["backups", highest] => {
            let highest = highest.parse().ok()?;
            progress.marks.entry((*id).to_owned()).or_default().backups = highest;
        }
        _ => return None,
    }
    Some(())
}

fn render(progress: &Progress) -> String {
    let mut text = HEADER.to_owned();
    progress.comments.iter().for_each(|comment| text += &format!("{comment}\n"));
    for (id, mark) in &progress.marks {
        if mark.passed {
            text += &format!("{id} passed\n");
        }
        if mark.hints > 0 {
            text += &format!("{id} hints {}\n", mark.hints);
        }
        if mark.backups > 0 {
            text += &format!("{id} backups {}\n", mark.backups);
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
            "{HEADER}# mine\ngone/exercise passed\nwakers/oneshot passed\nwakers/oneshot hints 2\nwakers/oneshot backups 3\n"
        );
        let (progress, odd) = parse(&text);
        assert_eq!(odd, []);
        assert_eq!(progress.marks["wakers/oneshot"], Mark { passed: true, hints: 2, backups: 3 });
        assert_eq!(render(&progress), text, "comments, and exercises that are not there, are kept");
    }

    #[test]
    fn lines_that_make_no_sense_are_numbered_and_the_others_kept() {
        let (progress, odd) =
            parse("wakers/oneshot passed\nwakers passed\n\0\u{fffd}\na/b hints x\na/b c\n");
        let numbers: Vec<_> = odd.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [2, 3, 4, 5]);
        assert_eq!(progress.marks.len(), 1);
    }
}
