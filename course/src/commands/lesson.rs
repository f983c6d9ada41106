//! `lesson N`: builds the lesson's program and runs it.

use super::timeline;
use crate::cargo::{self, Build, Cargo, settings};
use crate::catalog::{Catalog, Lesson};
use crate::exit::{Exit, Problem};
use crate::group::{self, Subject};
use crate::names;
use crate::run::{self, End, Output};
use crate::say::tell;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::{Command, ExitStatus};

pub fn run(
    catalog: &Catalog,
    words: Option<&str>,
    timeline: Option<&timeline::Request>,
) -> Result<Exit> {
    let words = words.ok_or_else(|| names::lesson_wanted(catalog))?;
    let lesson = names::lesson(catalog, words)?;
    if let Some(request) = timeline {
        return timeline::write(catalog, lesson, request);
    }
    let command = match program_of(catalog, lesson)? {
        Ok(command) => command,
        Err(exit) => return Ok(exit),
    };
    let program = command.get_program().to_owned();
    let end = run::supervise(Subject::Program, command, lesson.limit, Output::Inherited)
        .with_context(|| format!("cannot run `{}`", program.display()))?;
    tell_end(lesson, end)
}

/// The lesson's program, built and ready to be run; or, if it does not build, what that means, once it has
/// been told.
///
/// # Errors
///
/// If there is no cargo, or no program.
pub fn program_of(catalog: &Catalog, lesson: &Lesson) -> Result<Result<Command, Exit>> {
    let cargo = Cargo::new(&catalog.root, ["build", "--package", &lesson.package, "--bins"]);
    let build = cargo.build_what_is_there()?;
    if !build.worked {
        return Ok(Err(tell_build_failed(&build, &cargo)));
    }
    let program = program(&build, lesson).ok_or_else(|| {
        Problem::failed(format!("lesson {} has no program to run", lesson.number))
    })?;
    Ok(Ok(command(catalog, &lesson.folder, program)))
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
        tell!("{}", error.rendered.trim_end());
        any = true;
    }
    if about_panics {
        tell!("\n{}", settings::panic_aborts());
    } else if any {
        tell!("\nthis does not compile: `{}`", cargo.shown());
    } else {
        build.notes.iter().for_each(|line| tell!("{line}"));
        tell!("\nthis cannot be built: `{}`", cargo.shown());
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
            tell!("\nlesson {} failed: {}", lesson.number, how(status));
            if let Some(words) = settings::panics_abort_here() {
                tell!("{words}");
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
