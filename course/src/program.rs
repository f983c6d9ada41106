//! A program of a lesson: built, run, and how it ended.

use crate::cargo::{self, Build, Cargo, settings};
use crate::catalog::{Catalog, Lesson};
use crate::exit::{Exit, Problem};
use crate::group;
use crate::run::End;
use crate::say::{self, errln};
use anyhow::Result;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// The lesson's program, built and ready to be run.
///
/// # Errors
///
/// If there is no cargo or no program, or if it does not build, which has been told then.
pub fn of_lesson(catalog: &Catalog, lesson: &Lesson) -> Result<Command> {
    let cargo = Cargo::new(&catalog.root, ["build", "--package", &lesson.package, "--bins"]);
    let build = cargo.build_what_is_there()?;
    if !build.worked {
        return Err(Problem::told(tell_build_failed(&build, &cargo)).into());
    }
    let program = program(&build, lesson).ok_or_else(|| {
        Problem::failed(format!("lesson {} has no program to run", lesson.number))
    })?;
    Ok(command(catalog, &lesson.folder, program))
}

/// A built program of the package in `folder`, as cargo would run it in the root.
pub fn command(catalog: &Catalog, folder: &Path, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&catalog.root);
    cargo::forget_ourselves(&mut command);
    command.env("CARGO_MANIFEST_DIR", folder);
    command
}

/// Shows why something did not build: the compiler's errors, or else what cargo itself said.
pub fn tell_build_failed(build: &Build, cargo: &Cargo) -> Exit {
    let mut any = false;
    let about_panics = build.errors().any(|error| settings::is_about_panics(&error.headline));
    for error in build.errors() {
        errln!("{}", error.rendered.trim_end());
        any = true;
    }
    if about_panics {
        errln!("\n{}", settings::panic_aborts());
    } else if any {
        errln!("\nthis does not compile: `{}`", cargo.shown());
    } else {
        build.notes.iter().for_each(|line| errln!("{line}"));
        errln!("\nthis cannot be built: `{}`", cargo.shown());
    }
    Exit::Failed
}

fn program<'a>(build: &'a Build, lesson: &Lesson) -> Option<&'a Path> {
    let mut others = build.artifacts.iter().filter(|artifact| artifact.kind == "bin");
    build
        .executable("bin", &lesson.package)
        .or_else(|| others.next().and_then(|artifact| artifact.executable.as_deref()))
}

/// Says how the program ended, unless it ended well.
///
/// # Errors
///
/// If it had to be ended.
pub fn tell_end(lesson: &Lesson, end: End) -> Result<Exit> {
    match end {
        End::Exited(status) if status.success() => Ok(Exit::Done),
        End::Exited(status) => {
            errln!("\nlesson {} failed: {}", lesson.number, how(status));
            if let Some(words) = settings::panics_abort_here() {
                errln!("{words}");
            }
            Ok(Exit::Failed)
        }
        End::OverTime(limit) => {
            let words = format!(
                "lesson {} did not finish within {} s and was ended",
                lesson.number,
                limit.as_secs()
            );
            Err(Problem::overran(words).into())
        }
        End::OverMemory => {
            let words = format!("lesson {} {}", lesson.number, group::memory_words());
            Err(Problem::overran(words).into())
        }
        End::OverBytes => {
            Err(Problem::overran("the lesson printed without end and was ended").into())
        }
    }
}

fn how(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("its program ended with exit status {code}"),
        None => format!("its program died ({status})"),
    }
}

/// Lets a program draw a text timeline as our own words are drawn: as wide as the terminal, and
/// without Unicode where that is not shown.
pub fn draw_for_stdout(command: &mut Command, ascii: bool) {
    if let Some(columns) = say::columns() {
        command.env("COLUMNS", columns.to_string());
    }
    if ascii || !say::shows_unicode() {
        command.arg("--ascii");
    }
}
