//! Blocks that quote what a command of the course prints. The command is run in a copy of the
//! course without answers and progress, so that the book says the same on everybody's machine.

use crate::course::Course;
use crate::finding::{Finding, Kind};
use crate::library::{cargo, finish};
use crate::outline::{Block, Outline};
use crate::page::Page;
use crate::quote::{Extent, Quote, compare};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs every command whose output the book quotes, and compares.
pub fn check(course: &Course, pages: &[(Page, Outline)], findings: &mut Vec<Finding>) {
    let mut bench = None;
    for (page, outline) in pages {
        for block in &outline.blocks {
            let comment = block.comment.as_ref().map(|(_, comment)| Quote::parse(comment));
            let Some(Ok(Quote::Command { words, exit })) = comment else {
                continue;
            };
            let bench = bench.get_or_insert_with(|| Bench::set_up(course));
            let printed = match bench {
                Ok(bench) => bench.run(&words),
                Err(error) => Err(anyhow::anyhow!("{error:#}")),
            };
            let verdict = printed
                .map_err(|error| format!("`{}` could not be run: {error:#}", words.join(" ")))
                .and_then(|printed| judge(block, &printed, exit));
            if let Err(words) = verdict {
                findings.push(page.finding(Kind::WrongOutput, block.line, words));
            }
        }
    }
}

/// What a command printed, and how it ended.
struct Printed {
    text: String,
    exit: Option<i32>,
}

fn judge(block: &Block, printed: &Printed, exit: i32) -> Result<(), String> {
    let Printed { text, exit: ended } = printed;
    if *ended != Some(exit) {
        let ended = ended.map_or("a signal".to_owned(), |code| format!("exit code {code}"));
        return Err(format!("ends with {ended}, and not with {exit}, and prints:\n{text}"));
    }
    // The commands that a reader types stand in the block too.
    let body: Vec<String> =
        block.body.iter().filter(|line| !line.starts_with("$ ")).cloned().collect();
    compare(&body, text, Extent::Whole)
        .map_err(|why| format!("is not what is printed: {why}\nPrinted is:\n{text}"))
}

/// A copy of the course, and its command line.
struct Bench {
    root: PathBuf,
    target: PathBuf,
    program: PathBuf,
}

impl Bench {
    fn set_up(course: &Course) -> Result<Bench> {
        let target = target_folder(course)?;
        let root = target.join("book/course");
        copy(course.root(), &root)?;
        let target = target.join("book/target");
        let copied = Course::at(&root);
        let mut build = cargo(&copied);
        build.env("CARGO_TARGET_DIR", &target).args(["build", "--quiet", "--package", "course"]);
        finish(build).context("the course's command line does not build")?;
        let name = format!("debug/course{}", std::env::consts::EXE_SUFFIX);
        let program = target.join(name);
        Ok(Bench { root, target, program })
    }

    /// Runs `cargo course …` or `cargo lesson …`, as the aliases in `.cargo/config.toml` would.
    fn run(&self, words: &[String]) -> Result<Printed> {
        let words = match words {
            [_, alias, rest @ ..] if alias == "course" => rest,
            [_, rest @ ..] => rest,
            [] => &[],
        };
        let output = Command::new(&self.program)
            .args(words)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("NO_COLOR", "1")
            .output()?;
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text);
        let here = format!("{}{}", self.root.display(), std::path::MAIN_SEPARATOR);
        Ok(Printed { text: text.replace(&here, ""), exit: output.status.code() })
    }
}

fn target_folder(course: &Course) -> Result<PathBuf> {
    let mut cargo = cargo(course);
    cargo.args(["metadata", "--no-deps", "--format-version=1"]);
    let metadata: Value = serde_json::from_slice(&finish(cargo)?.stdout)?;
    let folder = metadata["target_directory"].as_str();
    Ok(folder.context("cargo names no target folder")?.into())
}

/// Makes `to` equal to `from`, without what is built, what the learner wrote, and the book's text.
/// Files that are equal are left alone, so that cargo finds them fresh.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let mut kept: Vec<_> = Vec::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let text = name.to_string_lossy().into_owned();
        let skipped = matches!(text.as_str(), ".git" | ".course" | "target" | "answer.rs")
            || text.starts_with("answer.backup-")
            || text.starts_with("answer.new-")
            || (text == "book" && from.ends_with("docs"));
        if skipped {
            continue;
        }
        let (source, copied) = (entry.path(), to.join(&name));
        if entry.file_type()?.is_dir() {
            copy(&source, &copied)?;
        } else if source.is_file() {
            let content = fs::read(&source)?;
            if fs::read(&copied).ok().as_ref() != Some(&content) {
                fs::write(&copied, content)?;
            }
        }
        kept.push(name);
    }
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        // The exercises' build script makes answer.rs, and cargo would run it again for a missing
        // one.
        if kept.contains(&entry.file_name()) || is_fresh_answer(&entry.path()) {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}

/// Whether this is an `answer.rs` that is still its starter.
fn is_fresh_answer(path: &Path) -> bool {
    path.ends_with("answer.rs")
        && fs::read(path).ok() == fs::read(path.with_file_name("starter.rs")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        Block {
            line: 0,
            info: "text".to_owned(),
            body: text.lines().map(str::to_owned).collect(),
            comment: None,
        }
    }

    #[test]
    fn a_command_says_what_the_block_says_and_ends_as_stated() {
        let printed = Printed { text: "one\ntwo\n".to_owned(), exit: Some(2) };
        assert_eq!(judge(&block("$ cargo lesson 9\none\ntwo"), &printed, 2), Ok(()));
        assert_eq!(judge(&block("one\n…"), &printed, 2), Ok(()));
        let exit = judge(&block("one\ntwo"), &printed, 0).unwrap_err();
        assert!(exit.contains("exit code 2, and not with 0"), "{exit}");
        let text = judge(&block("one\ntoo"), &printed, 2).unwrap_err();
        assert!(text.contains("`too`") && text.contains("`two`"), "{text}");
    }

    #[test]
    fn the_copy_has_the_course_and_nothing_of_the_learners() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let write = |root: &Path, path: &str, content: &str| {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), content).unwrap();
        };
        write(from.path(), "lessons/01-a/exercises/1-b/starter.rs", "starter");
        write(from.path(), "lessons/01-a/exercises/1-b/answer.rs", "answer");
        write(from.path(), "lessons/01-a/exercises/1-b/answer.backup-1.rs", "older");
        write(from.path(), ".course/progress", "a/b");
        write(from.path(), "target/debug/x", "built");
        write(to.path(), "lessons/02-gone/src/lib.rs", "gone");
        write(to.path(), "lessons/01-a/exercises/1-b/answer.rs", "stale");
        copy(from.path(), to.path()).unwrap();
        assert!(to.path().join("lessons/01-a/exercises/1-b/starter.rs").is_file());
        for absent in [
            "lessons/01-a/exercises/1-b/answer.rs",
            "lessons/01-a/exercises/1-b/answer.backup-1.rs",
            ".course",
            "target",
            "lessons/02-gone",
        ] {
            assert!(!to.path().join(absent).exists(), "{absent}");
        }
    }
}
