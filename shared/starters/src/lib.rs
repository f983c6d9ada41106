//! The build helper that gives every exercise its `answer.rs`.
//!
//! An exercises package has a build script of one line, so that an editor, `cargo check --workspace
//! --all-targets` and `cargo test` find a file to compile from the first moment:
//!
//! ```no_run
//! starters::prepare();
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Copies `starter.rs` to `answer.rs` in each exercise's folder that has none. Called from a build
/// script.
///
/// An `answer.rs` that is there is never touched: it is the learner's.
///
/// # Panics
///
/// If a folder cannot be read or written, with the path and the system's words: the build then ends
/// with them.
pub fn prepare() {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").expect(
        "cargo sets CARGO_MANIFEST_DIR for a build script; this function is for build scripts only",
    );
    match copy_starters(Path::new(&package)) {
        Ok(answers) => {
            println!("cargo::rerun-if-changed=build.rs");
            // An update that brings a new exercise names it in the manifest.
            println!("cargo::rerun-if-changed=Cargo.toml");
            // A path that does not exist counts as changed: deleting an answer brings its starter
            // back.
            answers
                .iter()
                .for_each(|answer| println!("cargo::rerun-if-changed={}", answer.display()));
        }
        Err((path, error)) => panic!("{} could not be prepared: {error}", path.display()),
    }
}

/// Does the work of [`prepare`] for the package in `package`, and returns the path of every answer.
///
/// # Errors
///
/// The path that could not be read or written, and why.
pub fn copy_starters(package: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    let mut answers = Vec::new();
    for entry in fs::read_dir(package).map_err(at(package))? {
        let folder = entry.map_err(at(package))?.path();
        let (starter, answer) = (folder.join("starter.rs"), folder.join("answer.rs"));
        if !starter.is_file() {
            continue;
        }
        if !answer.try_exists().map_err(at(&answer))? {
            let text = fs::read(&starter).map_err(at(&starter))?;
            whole_files::create(&answer, &text).map_err(at(&answer))?;
        }
        answers.push(answer);
    }
    answers.sort();
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("exercises-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("1-first")).unwrap();
        fs::create_dir_all(folder.join("notes")).unwrap();
        fs::write(folder.join("1-first/starter.rs"), "// starter").unwrap();
        folder
    }

    #[test]
    fn a_missing_answer_is_made_from_the_starter() {
        let package = scratch("made");
        let answers = copy_starters(&package).unwrap();
        assert_eq!(answers, [package.join("1-first/answer.rs")]);
        assert_eq!(fs::read_to_string(&answers[0]).unwrap(), "// starter");
        fs::remove_dir_all(package).unwrap();
    }

    #[test]
    fn an_answer_that_is_there_is_left_alone() {
        let package = scratch("kept");
        fs::write(package.join("1-first/answer.rs"), "// mine").unwrap();
        let answers = copy_starters(&package).unwrap();
        assert_eq!(fs::read_to_string(&answers[0]).unwrap(), "// mine");
        fs::remove_dir_all(package).unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let (path, _) = copy_starters(Path::new("no/such/folder")).unwrap_err();
        assert_eq!(path, Path::new("no/such/folder"));
    }

    /// Set in the process that finds the disk full.
    #[cfg(unix)]
    const FULL: &str = "EXERCISES_ON_A_FULL_DISK";

    /// What a full disk leaves of an answer would pass for the learner's.
    #[cfg(unix)]
    #[test]
    fn a_full_disk_leaves_no_answer() {
        use std::process::Command;
        let Some(package) = std::env::var_os(FULL).map(PathBuf::from) else {
            let package = scratch("full");
            let this = std::env::current_exe().unwrap();
            let test = "tests::a_full_disk_leaves_no_answer";
            let inner = Command::new("sh")
                .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"])
                .arg(this)
                .args(["--exact", test])
                .env(FULL, &package)
                .output();
            let inner = inner.unwrap();
            assert!(inner.status.success(), "{}", String::from_utf8_lossy(&inner.stdout));
            return fs::remove_dir_all(package).unwrap();
        };
        let (path, _) = copy_starters(&package).unwrap_err();
        assert_eq!(path, package.join("1-first/answer.rs"));
        let left: Vec<_> = fs::read_dir(package.join("1-first")).unwrap().flatten().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
}
