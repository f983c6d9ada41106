//! Files that are written whole or not at all: beside their place first, then renamed into it.
//!
//! Half a file can do harm: what a full disk leaves of an answer would pass for the learner's, and
//! a timeline that ends in the middle for the recording.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Writes a file whole or not at all. A link is followed, and a file that is there keeps its
/// permissions. What is not a file, such as `/dev/stdout`, is written to as it is.
///
/// # Errors
///
/// If the folder does not let us write, the disk is full, the file is read-only, or the path is a
/// link that leads nowhere. Then the file is as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = followed(path)?;
    match fs::metadata(&path) {
        Ok(there) if !there.is_file() => {
            OpenOptions::new().write(true).open(&path)?.write_all(bytes)
        }
        _ => Beside::write(&path, bytes)?.replace(&path),
    }
}

/// Writes a file where nothing is yet: whole or not at all. Returns whether it did; a file that is
/// there, also one that somebody puts there in this moment, stays.
///
/// # Errors
///
/// If the folder does not let us write, or the disk is full.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    if path.symlink_metadata().is_ok() {
        return Ok(false);
    }
    Beside::write(path, bytes)?.become_new(path)
}

/// Where a link leads; another path is returned as it is.
fn followed(path: &Path) -> io::Result<PathBuf> {
    if !path.is_symlink() {
        return Ok(path.to_owned());
    }
    fs::canonicalize(path).map_err(|error| {
        io::Error::new(error.kind(), format!("it is a link that leads nowhere ({error})"))
    })
}

/// A new file that is complete, beside the one that it is to become. Dropped, it is removed.
#[derive(Debug)]
pub struct Beside {
    path: PathBuf,
}

impl Beside {
    /// Writes the bytes into a file beside `path`, and nothing to `path` itself.
    ///
    /// # Errors
    ///
    /// If the folder is not writable or the disk is full: then nothing is left behind.
    pub fn write(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let beside = path.with_extension(format!("new-{}-{number}", std::process::id()));
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        let new = Self { path: beside };
        file.write_all(bytes)?;
        // Some file systems notice only now that the disk is full.
        file.sync_all()?;
        Ok(new)
    }

    /// Renames it over `path`, with the permissions of what is there.
    ///
    /// # Errors
    ///
    /// If the folder does not let us, or what is there is read-only.
    pub fn replace(self, path: &Path) -> io::Result<()> {
        if let Ok(there) = fs::metadata(path) {
            if there.permissions().readonly() {
                return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only"));
            }
            fs::set_permissions(&self.path, there.permissions())?;
        }
        fs::rename(&self.path, path)
    }

    /// Puts it where nothing is yet. Returns whether it did: somebody may have been quicker.
    ///
    /// # Errors
    ///
    /// If the folder does not let us.
    pub fn become_new(self, path: &Path) -> io::Result<bool> {
        match fs::hard_link(&self.path, path) {
            Ok(()) => Ok(true),
            Err(_) if path.symlink_metadata().is_ok() => Ok(false),
            // Some file systems have no hard links.
            Err(_) => fs::rename(&self.path, path).map(|()| true),
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("answer.rs");
        for bytes in [b"one".as_slice(), b"two"] {
            write(&path, bytes)?;
            assert_eq!(fs::read(&path)?, bytes);
        }
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_file_that_is_there_is_not_created_again() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("answer.rs");
        assert!(create(&path, b"mine")?);
        assert!(!create(&path, b"yours")?);
        assert!(!Beside::write(&path, b"late")?.become_new(&path)?);
        assert_eq!(fs::read(&path)?, b"mine");
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_file_that_cannot_be_written_stays_as_it_was() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("answer.rs");
        write(&path, b"mine")?;
        let mut permissions = fs::metadata(&path)?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions)?;
        let error = write(&path, b"yours").expect_err("it is read-only");
        assert_eq!(error.to_string(), "it is read-only");
        assert_eq!(fs::read(&path)?, b"mine");
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_one_that_leads_nowhere_is_an_error() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (path, link) = (folder.path().join("there"), folder.path().join("link"));
        std::os::unix::fs::symlink("there", &link)?;
        let error = write(&link, b"one").expect_err("nothing is there");
        assert!(error.to_string().starts_with("it is a link that leads nowhere"), "{error}");
        write(&path, b"one")?;
        write(&link, b"two")?;
        assert_eq!(fs::read(&path)?, b"two");
        assert!(link.is_symlink());
        Ok(())
    }
}
