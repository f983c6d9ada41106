//! `lesson N --timeline`: what the lesson's program records, on standard output or in a file.

use crate::catalog::{Catalog, Lesson};
use crate::cli::Timeline;
use crate::exit::{Exit, Problem};
use crate::group::Subject;
use crate::run::{self, End, Output};
use crate::say::{QUIET, TYPE, errln, outln};
use crate::{files, names, program, recording};
use anyhow::{Context, Result};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// Where the timeline goes.
enum Target {
    Stdout,
    File(PathBuf),
}

/// Standard output for what is read there, and for whoever is behind a pipe. A terminal full of SVG
/// helps nobody, so that goes into a file, named after what is in it.
fn target(request: &Timeline, lesson: &Lesson, run: &str) -> Target {
    match &request.out {
        Some(path) if path.as_os_str() == "-" => Target::Stdout,
        Some(path) => Target::File(path.clone()),
        None if request.format == "text" || !io::stdout().is_terminal() => Target::Stdout,
        None => Target::File(default_name(lesson.number, run, &request.format).into()),
    }
}

/// `lesson-3-block-on.svg`.
fn default_name(lesson: u32, run: &str, format: &str) -> String {
    let extension = if format == "svg" { "svg" } else { "json" };
    let trace = if format == "chrome" { "-trace" } else { "" };
    format!("lesson-{lesson}-{run}{trace}.{extension}")
}

/// Writes the timeline that is asked for. What can be told to be wrong is told before anything is
/// built.
///
/// # Errors
///
/// If there is no such timeline, or it cannot be built, recorded or written.
pub fn write(catalog: &Catalog, lesson: &Lesson, request: &Timeline) -> Result<Exit> {
    let run = chosen(lesson, request.run.as_deref())?;
    let target = target(request, lesson, run);
    if let Target::File(path) = &target {
        look_at(path)?;
    }
    let mut command = program::of_lesson(catalog, lesson)?;
    command.args(["--timeline", &request.format, "--run", run]);
    match target {
        Target::Stdout => {
            program::draw_for_stdout(&mut command, request.ascii);
            let end = run::supervise(Subject::Program, command, lesson.limit, Output::Inherited);
            let exit = program::tell_end(lesson, end.context("cannot run the lesson's program")?)?;
            if exit == Exit::Done && request.run.is_none() {
                tell_others(lesson, run);
            }
            Ok(exit)
        }
        Target::File(path) => {
            if request.ascii {
                command.arg("--ascii");
            }
            // A file is not read on this terminal only.
            command.env_remove("COLUMNS");
            let taken = recording::take(command, lesson.limit);
            let (end, bytes) = taken.context("cannot run the lesson's program")?;
            if !matches!(end, End::Exited(status) if status.success()) {
                return program::tell_end(lesson, end);
            }
            let replaced = files::write_to(&path, &bytes)?;
            tell_written(&path, replaced, &request.format);
            Ok(Exit::Done)
        }
    }
}

fn chosen<'a>(lesson: &'a Lesson, name: Option<&'a str>) -> Result<&'a str, Problem> {
    let Some(first) = lesson.timelines.first() else {
        return Err(Problem::usage(format!(
            "lesson {} has nothing to record, so it has no timeline",
            lesson.number
        )));
    };
    let all = || lesson.timelines.iter().map(String::as_str);
    match name {
        None => Ok(first),
        Some(name) => all().find(|run| *run == name).ok_or_else(|| {
            let near = names::nearest(name, all());
            let near = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
            let (number, runs) = (lesson.number, lesson.timelines.join(", "));
            Problem::usage(format!(
                "lesson {number} has no run `{name}`{near}\nruns of lesson {number}: {runs}"
            ))
        }),
    }
}

/// A folder that is not there is better told now than after a minute of building.
fn look_at(path: &Path) -> Result<(), Problem> {
    let shown = path.display();
    if path.is_dir() {
        return Err(Problem::failed(format!(
            "cannot write `{shown}`: it is a folder; name a file in it"
        )));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => Err(Problem::failed(format!(
            "cannot write `{shown}`: there is no folder `{}`",
            folder.display()
        ))),
        _ => Ok(()),
    }
}

fn tell_written(path: &Path, replaced: bool, format: &str) {
    let what = if replaced { "is replaced" } else { "is written" };
    let how = match format {
        "svg" => ": open it in a browser",
        "chrome" => ": open it at https://ui.perfetto.dev, or at chrome://tracing",
        _ => "",
    };
    outln!("{TYPE}{}{TYPE:#} {what}{how}", path.display());
}

fn tell_others(lesson: &Lesson, run: &str) {
    let others = lesson.timelines.iter().filter(|other| *other != run);
    let others: Vec<_> = others.map(|other| format!("--run {other}")).collect();
    if !others.is_empty() {
        errln!("{QUIET}this was {run}; there is also {}{QUIET:#}", others.join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_name_is_named_after_what_is_in_it() {
        assert_eq!(default_name(3, "block-on", "svg"), "lesson-3-block-on.svg");
        assert_eq!(default_name(3, "block-on", "chrome"), "lesson-3-block-on-trace.json");
        assert_eq!(default_name(3, "block-on", "json"), "lesson-3-block-on.json");
    }
}
