//! `check`: judges the learner's answer, and says in words what is wrong with it.

use crate::cargo::{Build, Cargo, Diagnostic, settings, sources};
use crate::catalog::{Catalog, Exercise, Lesson};
use crate::exit::{Exit, Problem};
use crate::files::{self, Answer};
use crate::judge::{Judge, Report, Verdict};
use crate::names::{self, Scope};
use crate::progress::{self, Progress};
use crate::say::{BAD, GOOD, QUIET, TITLE, TYPE, count, outln};
use crate::{explain, transcript};
use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// One slip can make dozens of errors; the first few are what helps.
const MOST_ERRORS: usize = 5;
/// The same of warnings.
const MOST_WARNINGS: usize = 3;

pub fn run(catalog: &Catalog, words: Option<&str>) -> Result<Exit> {
    match words.map(|words| names::scope(catalog, words)).transpose()? {
        Some(Scope::Exercise(exercise)) => check(catalog, exercise),
        Some(Scope::Lesson(lesson)) => check_lesson(catalog, lesson),
        None => match Progress::read(catalog)?.next(catalog) {
            Some(exercise) => check(catalog, exercise),
            None => {
                outln!(
                    "Every exercise is done. `cargo course check 1` checks those of lesson 1 again."
                );
                Ok(Exit::Done)
            }
        },
    }
}

fn check_lesson(catalog: &Catalog, lesson: &Lesson) -> Result<Exit> {
    if lesson.exercises.is_empty() {
        return Err(Problem::usage(format!("lesson {} has no exercises", lesson.number)).into());
    }
    let mut exit = Exit::Done;
    let mut passed = 0;
    for exercise in &lesson.exercises {
        let one = check(catalog, exercise)?;
        passed += usize::from(one == Exit::Done);
        exit = exit.worse(one);
        outln!();
    }
    outln!(
        "{TITLE}lesson {}: {passed} of {} exercises pass{TITLE:#}",
        lesson.number,
        lesson.exercises.len()
    );
    Ok(exit)
}

/// Judges one exercise and tells what came of it.
///
/// # Errors
///
/// If it cannot be judged, which is different from failing.
pub fn check(catalog: &Catalog, exercise: &Exercise) -> Result<Exit> {
    outln!("{TITLE}{} {}{TITLE:#}", exercise.short(), exercise.id());
    if files::answer(exercise)? == Answer::Untouched {
        return tell_untouched(catalog, exercise);
    }
    let cargo = Cargo::new(
        &catalog.root,
        ["test", "--package", &exercise.package, "--test", &exercise.name],
    );
    outln!("{QUIET}{}{QUIET:#}", cargo.shown());
    let building = ["test", "--no-run", "--package", &exercise.package, "--test", &exercise.name];
    let build = Cargo::new(&catalog.root, building).unannounced().build_what_is_there()?;
    if !build.worked {
        return tell_no_build(catalog, exercise, &build);
    }
    let binary = build
        .executable("test", &exercise.name)
        .with_context(|| format!("`{}` built no test", cargo.shown()))?;
    let judge = Judge { binary, folder: exercise.package_folder(), limit: exercise.limit };
    let source = read(&exercise.check())?;
    let tests = judge.tests(&source)?;
    if tests.is_empty() {
        return Err(Problem::failed(format!(
            "`{}` has no tests",
            catalog.shown(&exercise.check())
        ))
        .into());
    }
    let reports = judge.judge_all(&tests, explain::tell_line)?;
    if reports.iter().all(Report::passed) {
        return tell_passed(catalog, exercise, reports.len(), cribbed(catalog, binary).as_deref());
    }
    tell_warnings(catalog, exercise, &build);
    tell_failures(exercise, &reports)
}

/// A file of ours that shows how it is done, and that the answer takes in: by `mod`, by `include!`,
/// or by being a link to it.
fn cribbed(catalog: &Catalog, binary: &Path) -> Option<PathBuf> {
    let lessons = catalog.root.join("lessons").canonicalize().ok()?;
    let sources = sources(&catalog.root, binary).into_iter().flatten();
    sources.filter_map(|source| source.canonicalize().ok()).find(|source| {
        let folder = source.parent().and_then(Path::file_name).and_then(OsStr::to_str);
        let shows = source.ends_with("solution.rs") || matches!(folder, Some("right" | "wrong"));
        shows && source.starts_with(&lessons)
    })
}

/// What the compiler says about the answer, and what it takes in: often it has seen the mistake.
fn tell_warnings(catalog: &Catalog, exercise: &Exercise, build: &Build) {
    let mut warnings = build.warnings(&exercise.name);
    warnings.retain(|(_, file)| !exercise.is_of_the_check(&catalog.root.join(file)));
    for (warning, _) in warnings.iter().take(MOST_WARNINGS) {
        outln!();
        outln!("{}", warning.rendered.trim_end());
    }
    if warnings.len() > MOST_WARNINGS {
        outln!();
        outln!("… and {}", count(warnings.len() - MOST_WARNINGS, "more warning"));
    }
}

fn read(path: &std::path::Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

/// A starter that nobody touched is not a wrong answer, and needs no compiler to be told.
fn tell_untouched(catalog: &Catalog, exercise: &Exercise) -> Result<Exit> {
    let tests = transcript::declared(&read(&exercise.check())?).len();
    let red = match exercise.starter_fails.len() {
        0 => tests,
        declared => declared,
    };
    let answer = read(&exercise.answer())?;
    let line = answer.lines().position(|line| line.contains("todo!(")).map_or(1, |at| at + 1);
    let (wait, path) = (if red == 1 { "waits" } else { "wait" }, catalog.shown(&exercise.answer()));
    outln!(
        "red on purpose: {} {wait} for you; begin at {TYPE}{path}:{line}{TYPE:#}",
        count(red, "check")
    );
    outln!();
    outln!("the task   {TYPE}cargo course exercise {}{TYPE:#}", exercise.short());
    outln!("a hint     {TYPE}cargo course hint {}{TYPE:#}", exercise.short());
    outln!("then       {TYPE}cargo course check {}{TYPE:#}", exercise.short());
    Ok(Exit::Failed)
}

/// The errors and nothing else, those in the answer first; then whose they are.
fn tell_no_build(catalog: &Catalog, exercise: &Exercise, build: &Build) -> Result<Exit> {
    let answer = exercise.answer();
    let in_answer = |error: &Diagnostic| {
        let place = error.place.as_ref().map(|(file, line)| (catalog.root.join(file), *line));
        place.filter(|(file, _)| *file == answer).map(|(_, line)| line)
    };
    let mut errors: Vec<_> = build.errors().filter(|error| !error.is_summary()).collect();
    errors.sort_by_key(|error| in_answer(error).is_none());
    for error in errors.iter().take(MOST_ERRORS) {
        outln!("{}", error.rendered.trim_end());
        outln!();
    }
    if errors.len() > MOST_ERRORS {
        outln!("… and {}", count(errors.len() - MOST_ERRORS, "more error"));
        outln!();
    }
    let elsewhere = errors.iter().find(|error| error.target_name != exercise.name);
    match (errors.first(), elsewhere) {
        (None, _) => {
            build.notes.iter().for_each(|line| outln!("{line}"));
            if build.notes.iter().any(|line| line.contains("-vV`")) {
                let words = format!("cargo cannot run the compiler: {}", settings::compilers());
                return Err(Problem::machine(words).into());
            }
            outln!("{BAD}cargo could not build the check{BAD:#}; its words are above");
        }
        _ if errors.iter().any(|error| settings::is_about_panics(&error.headline)) => {
            return Err(Problem::machine(settings::panic_aborts()).into());
        }
        (_, Some(error)) => {
            let target = &error.target_name;
            outln!(
                "{BAD}`{target}` does not compile{BAD:#}: it is not your answer that is at fault"
            );
        }
        (Some(error), None) => {
            let line = in_answer(error).map(|line| format!(":{line}")).unwrap_or_default();
            let path = catalog.shown(&answer);
            outln!("{BAD}the answer does not compile yet{BAD:#}: fix {TYPE}{path}{line}{TYPE:#}");
            outln!("then       {TYPE}cargo course check {}{TYPE:#}", exercise.short());
        }
    }
    Ok(Exit::Failed)
}

fn tell_failures(exercise: &Exercise, reports: &[Report]) -> Result<Exit> {
    let passed = reports.iter().filter(|report| report.passed()).count();
    let failures =
        reports.iter().filter(|report| !report.passed() && report.verdict != Verdict::NotRun);
    let reasons = explain::tell_failures(failures);
    let order = if reasons > 1 { " Begin with the first that fails." } else { "" };
    let not_run = match reports.iter().filter(|report| report.verdict == Verdict::NotRun).count() {
        0 => String::new(),
        1 => " One was not run, because checks before it hang.".to_owned(),
        many => format!(" {many} were not run, because checks before them hang."),
    };
    outln!();
    outln!(
        "{BAD}{passed} of {} pass{BAD:#}.{not_run}{order} Stuck? {TYPE}cargo course hint {}{TYPE:#}",
        count(reports.len(), "check"),
        exercise.short()
    );
    let hung = reports.iter().any(|report| matches!(report.verdict, Verdict::OverTime(_)));
    Ok(if hung { Exit::Overran } else { Exit::Failed })
}

fn tell_passed(
    catalog: &Catalog,
    exercise: &Exercise,
    passed: usize,
    cribbed: Option<&Path>,
) -> Result<Exit> {
    outln!();
    let all = if passed == 1 { "the check passes" } else { "all checks pass" };
    if let Some(cribbed) = cribbed {
        let (id, cribbed) = (exercise.id(), catalog.shown(cribbed));
        outln!("{all}, but the answer takes in `{cribbed}`, so {id} is not marked as done");
        outln!("Write it in `{}` itself.", catalog.shown(&exercise.answer()));
        return Ok(Exit::Done);
    }
    outln!("{GOOD}{} is done{GOOD:#}: {all}", exercise.id());
    let progress =
        progress::mark_passed(catalog, exercise).context("it passed, but cannot be marked")?;
    outln!("compare    {TYPE}cargo course solution {}{TYPE:#}", exercise.short());
    outln!("mistakes   {TYPE}cargo course mistakes {}{TYPE:#}", exercise.short());
    match progress.next_after(catalog, exercise) {
        None => {
            outln!("That was the last exercise: all {} are done.", catalog.exercises().count());
        }
        Some(next) if next.lesson == exercise.lesson => {
            let (short, name) = (next.short(), &next.name);
            outln!("next       {TYPE}cargo course exercise {short}{TYPE:#}   ({name})");
        }
        Some(next) => tell_next_lesson(catalog, exercise, next, &progress),
    }
    Ok(Exit::Done)
}

/// The next undone exercise; before it the lesson's program, unless the lesson was begun already.
fn tell_next_lesson(catalog: &Catalog, done: &Exercise, next: &Exercise, progress: &Progress) {
    outln!("Lesson {} is done.", done.lesson_number);
    let mut of_next = catalog.exercises().filter(|other| other.lesson == next.lesson);
    let mut word = "next";
    if !of_next.any(|other| progress.of(other).passed) {
        let (number, name) = (next.lesson_number, &next.lesson);
        outln!("next       {TYPE}cargo lesson {number}{TYPE:#}   ({name})");
        word = "then";
    }
    let (short, name) = (next.short(), &next.name);
    outln!("{word}       {TYPE}cargo course exercise {short}{TYPE:#}   ({name})");
}
