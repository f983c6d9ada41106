//! `lesson N`: builds the lesson's program and runs it.

use crate::cargo::{self, Build, Cargo};
use crate::catalog::{Catalog, Lesson};
use crate::exit::{Exit, Problem};
use crate::names;
use crate::run::{self, End, Output};
use crate::say::tell;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::{Command, ExitStatus};

pub fn run(catalog: &Catalog, words: Option<&str>) -> Result<Exit> {
    let words = words.ok_or_else(|| names::lesson_wanted(catalog))?;
    let lesson = names::lesson(catalog, words)?;
    let cargo = Cargo::new(&catalog.root, ["build", "--package", &lesson.package, "--bins"]);
    let build = cargo.build()?;
    if !build.worked {
        return Ok(tell_build_failed(&build, &cargo));
    }
    let program = program(&build, lesson).ok_or_else(|| {
        Problem::failed(format!("lesson {} has no program to run", lesson.number))
    })?;
    let mut command = Command::new(program);
    command.current_dir(&catalog.root);
    cargo::forget_ourselves(&mut command);
    command.env("CARGO_MANIFEST_DIR", &lesson.folder);
    let end = run::supervise(command, lesson.limit, Output::Inherited)
        .with_context(|| format!("cannot run `{}`", program.display()))?;
    tell_end(lesson, end)
}

/// Shows why something did not build: the compiler's errors, or else what cargo itself said.
pub fn tell_build_failed(build: &Build, cargo: &Cargo) -> Exit {
    let mut any = false;
    for error in build.errors() {
        tell!("{}", error.rendered.trim_end());
        any = true;
    }
    if any {
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

fn tell_end(lesson: &Lesson, end: End) -> Result<Exit> {
    match end {
        End::Exited(status) if status.success() => Ok(Exit::Done),
        End::Exited(status) => {
            tell!("\nlesson {} failed: {}", lesson.number, how(status));
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
