//! The first lesson of a fresh clone, without the command line: that takes longer to build than the
//! lesson.
//!
//! Only what needs nothing of the command line goes this way: `lesson 1` or `lesson generators`,
//! for a lesson that is there, while the command line is not built. Everything else, and every
//! later run, is the command line's, with its limits and its words.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A lesson that can be run as it is.
pub struct Lesson {
    root: PathBuf,
    folder: PathBuf,
    /// The name of its package, which is that of its program.
    pub package: OsString,
}

impl Lesson {
    /// The lesson that `lesson NAME` means, if that is all that was asked for, and it is there.
    pub fn asked_for(arguments: &[OsString]) -> Option<Self> {
        let [command, name] = arguments else { return None };
        if command != "lesson" {
            return None;
        }
        let ours = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
        let root = ours.parent()?.parent()?.to_owned();
        let mut folders = fs::read_dir(root.join("lessons")).ok()?.flatten();
        let folder = folders.find_map(|entry| {
            let folder = entry.path();
            is_called(&folder, name.to_str()?).then_some(folder)
        })?;
        let package = package(&fs::read_to_string(folder.join("Cargo.toml")).ok()?)?.into();
        Some(Self { root, folder, package })
    }

    /// Its program, as the command line would run it.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("CARGO_MANIFEST_DIR", &self.folder);
        command
    }
}

/// Whether `03-wakers` is called `3`, `03` or `wakers`.
fn is_called(folder: &Path, name: &str) -> bool {
    let folder = folder.file_name().and_then(OsStr::to_str).and_then(|name| name.split_once('-'));
    folder.is_some_and(|(number, rest)| {
        let number = number.parse::<u32>();
        rest == name || number.is_ok() && number == name.parse()
    })
}

/// The `name` in a manifest's first table, which is that of the package.
fn package(manifest: &str) -> Option<&str> {
    let line = manifest.lines().find_map(|line| line.strip_prefix("name = \""))?;
    line.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_has_a_number_and_a_name() {
        let folder = Path::new("lessons/03-wakers");
        assert!(["3", "03", "wakers"].iter().all(|name| is_called(folder, name)));
        assert!(!["4", "waker", "03-wakers", ""].iter().any(|name| is_called(folder, name)));
        assert!(!is_called(Path::new("lessons/notes"), "notes"));
    }

    #[test]
    fn the_package_is_the_first_that_has_a_name() {
        let manifest = "[package]\nname = \"lesson-03-wakers\"\n\n[lib]\nname = \"wakers\"\n";
        assert_eq!(package(manifest), Some("lesson-03-wakers"));
        assert_eq!(package("[package]\nname.workspace = true\n"), None);
    }
}
