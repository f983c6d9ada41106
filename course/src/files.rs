//! Files that are the learner's: written whole or not at all, and never overwritten without a
//! backup.

use crate::catalog::Exercise;
use anyhow::{Context, Result, bail};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

pub use whole_files::Beside;

/// Writes a file whole or not at all: see [`whole_files::write`].
///
/// # Errors
///
/// If the folder does not let us write, the file is read-only, or the path is a link that leads
/// nowhere.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    whole_files::write(path, bytes).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Writes to where the user says: a file whole or not at all, and something like `/dev/stdout` as
/// it is. Returns whether a file was replaced.
///
/// # Errors
///
/// If it cannot be written.
pub fn write_to(path: &Path, bytes: &[u8]) -> Result<bool> {
    let was_there = fs::metadata(path).is_ok_and(|there| there.is_file());
    write(path, bytes).map(|()| was_there)
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
    // Created only if it is not there, and whole: an editor may save it this very moment, the disk
    // may be full.
    let created = whole_files::create(&path, &starter);
    if created.with_context(|| format!("cannot create `{}`", path.display()))? {
        return Ok(Answer::Untouched);
    }
    // A pipe would keep us waiting for ever.
    if fs::metadata(&path).is_ok_and(|there| !there.is_file()) {
        bail!("`{}` is not a file: move it away, and the starter comes back", path.display());
    }
    Ok(if same_lines(&read(&path)?, &starter) { Answer::Untouched } else { Answer::Changed })
}

/// Equal but for how lines end: git and some editors change that.
fn same_lines(one: &[u8], other: &[u8]) -> bool {
    let lines =
        |bytes: &[u8]| bytes.iter().copied().filter(|byte| *byte != b'\r').collect::<Vec<_>>();
    lines(one) == lines(other)
}

/// Keeps `path` under the first free name that `name` makes of a number from `first` on, and
/// returns that name. The file itself is moved, so that nothing can be lost half-way.
///
/// # Errors
///
/// If the folder does not let us.
pub fn set_aside(path: &Path, first: u32, name: impl Fn(u32) -> PathBuf) -> Result<PathBuf> {
    for number in first.. {
        let aside = name(number);
        if reserve(&aside, path.is_dir())
            .with_context(|| format!("cannot create `{}`", aside.display()))?
        {
            let moved = fs::rename(path, &aside);
            if moved.is_err() {
                let _ = fs::remove_file(&aside).or_else(|_| fs::remove_dir(&aside));
            }
            let in_words = || format!("cannot keep `{}` as `{}`", path.display(), aside.display());
            return moved.with_context(in_words).map(|()| aside.clone());
        }
    }
    Err(io::Error::from(ErrorKind::AlreadyExists)).context("every name for a backup is taken")
}

/// Takes a name, so that two processes that set aside at once cannot take the same one. Returns
/// whether it was free. A folder can only be moved over a folder.
fn reserve(name: &Path, for_folder: bool) -> io::Result<bool> {
    let taken = if for_folder {
        fs::create_dir(name)
    } else {
        OpenOptions::new().write(true).create_new(true).open(name).map(drop)
    };
    match taken {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
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
