//! Files that are the learner's: written whole or not at all, and never overwritten without a backup.

use crate::catalog::Exercise;
use anyhow::{Context, Result};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes a file whole or not at all: beside it first, then renamed over it.
///
/// # Errors
///
/// If the folder does not let us write.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_extension(format!("new-{}", std::process::id()));
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

/// Writes to where the user says: a file whole or not at all, a link's target in place of the link, and something
/// like `/dev/stdout` as it is. Returns whether a file was replaced.
///
/// # Errors
///
/// If it cannot be written.
pub fn write_to(path: &Path, bytes: &[u8]) -> Result<bool> {
    let in_words = || format!("cannot write `{}`", path.display());
    match fs::metadata(path) {
        Ok(there) if there.is_file() => {
            write(&fs::canonicalize(path).with_context(in_words)?, bytes).map(|()| true)
        }
        Ok(_) => {
            let file = OpenOptions::new().write(true).open(path);
            file.and_then(|mut file| file.write_all(bytes)).with_context(in_words).map(|()| false)
        }
        Err(_) => write(path, bytes).map(|()| false),
    }
}

/// Writes a file only if that changes it, so that nothing is built again for nothing.
///
/// # Errors
///
/// If the folder does not let us write.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create `{}`", folder.display()))?;
    }
    write(path, bytes)
}

/// How a learner's answer stands to the starter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nobody has touched it yet; it exists now if it did not.
    Untouched,
    Changed,
}

/// Makes the answer from the starter where it is missing, and says whether it was changed since.
///
/// # Errors
///
/// If the starter or the answer cannot be read, or the answer cannot be made.
pub fn answer(exercise: &Exercise) -> Result<Answer> {
    let read =
        |path: &Path| fs::read(path).with_context(|| format!("cannot read `{}`", path.display()));
    let starter = read(&exercise.starter())?;
    let path = exercise.answer();
    // Created only if it is not there: an editor may save it this very moment.
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => {
            file.write_all(&starter)
                .with_context(|| format!("cannot write `{}`", path.display()))?;
            return Ok(Answer::Untouched);
        }
        Err(_) if path.exists() => {}
        Err(error) => {
            return Err(error).with_context(|| format!("cannot create `{}`", path.display()));
        }
    }
    Ok(if same_lines(&read(&path)?, &starter) { Answer::Untouched } else { Answer::Changed })
}

/// Equal but for how lines end: git and some editors change that.
fn same_lines(one: &[u8], other: &[u8]) -> bool {
    let lines =
        |bytes: &[u8]| bytes.iter().copied().filter(|byte| *byte != b'\r').collect::<Vec<_>>();
    lines(one) == lines(other)
}

/// Keeps `path` under the next free name that `name` makes of a number, and returns that name.
/// The file itself is moved, so that nothing can be lost half-way.
///
/// # Errors
///
/// If the folder does not let us.
pub fn set_aside(path: &Path, name: impl Fn(u32) -> PathBuf) -> Result<PathBuf> {
    for number in 1.. {
        let aside = name(number);
        // Reserves the name: two processes that set aside at once must not take the same one.
        match OpenOptions::new().write(true).create_new(true).open(&aside) {
            Ok(_) => {
                let moved = fs::rename(path, &aside);
                if moved.is_err() {
                    let _ = fs::remove_file(&aside);
                }
                let in_words =
                    || format!("cannot keep `{}` as `{}`", path.display(), aside.display());
                return moved.with_context(in_words).map(|()| aside.clone());
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot create `{}`", aside.display()));
            }
        }
    }
    Err(io::Error::from(ErrorKind::AlreadyExists)).context("every name for a backup is taken")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_lines_are_no_change() {
        assert!(same_lines(b"a\r\nb\r\n", b"a\nb\n"));
        assert!(!same_lines(b"a\nb\n", b"a\nc\n"));
    }
}
