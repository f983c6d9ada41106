//! `verify`: proves the checks. Three gates, over every exercise or those that are named:
//!
//! 1. every solution passes its check, under clippy and rustfmt, and so does every unusual right
//!    answer (which clippy may find odd);
//! 2. every starter compiles, and fails exactly the tests that its manifest declares;
//! 3. every wrong answer is rejected by the test that it names, with the words that it states.
//!
//! All variants are built as test targets of one private workspace ([`workspace`]), so that cargo
//! builds them in parallel and builds nothing twice; [`gates`] then judges each with the judge of
//! `check`.

pub mod author;
mod gates;
mod reasons;
mod structure;
mod workspace;

pub use structure::hints;

use crate::cargo::Cargo;
use crate::catalog::{Catalog, Exercise};
use crate::exit::Exit;
use crate::names::{self, Scope};
use crate::say::{BAD, GOOD, TITLE, count, errln, outln};
use anyhow::{Context, Result};
use gates::Gates;
use std::collections::BTreeMap;
use std::path::PathBuf;
use workspace::{Kind, Variant, Workspace};

pub fn run(catalog: &Catalog, words: Option<&str>) -> Result<Exit> {
    let exercises: Vec<&Exercise> =
        match words.map(|words| names::scope(catalog, words)).transpose()? {
            None => catalog.exercises().collect(),
            Some(Scope::Lesson(lesson)) => lesson.exercises.iter().collect(),
            Some(Scope::Exercise(exercise)) => vec![exercise],
        };
    let mut findings = Findings::default();
    if words.is_none() {
        catalog.troubles.iter().for_each(|trouble| findings.add("the folders", "lessons", trouble));
        structure::strays(catalog, &mut findings)?;
    }
    let mut variants = Vec::new();
    for exercise in exercises.iter().copied() {
        structure::look(exercise, &mut findings);
        variants.extend(workspace::variants(exercise)?);
    }
    if !variants.is_empty() {
        let workspace =
            Workspace::prepare(&catalog.root, &target_folder(catalog)?, &catalog.lessons)?;
        // A lesson at a time: that shows how far it is, and a lesson's builds stay within their
        // limit, however many lessons there are.
        for lesson in variants.chunk_by(|one, next| one.exercise.lesson == next.exercise.lesson) {
            Gates::build(&workspace, lesson)?.judge(&mut findings)?;
        }
    }
    tell_findings(&findings);
    tell_counts(&exercises, &variants, &findings);
    Ok(if findings.all.is_empty() { Exit::Done } else { Exit::Failed })
}

fn target_folder(catalog: &Catalog) -> Result<PathBuf> {
    let metadata =
        Cargo::new(&catalog.root, ["metadata", "--no-deps", "--format-version", "1"]).json()?;
    let folder =
        metadata["target_directory"].as_str().context("`cargo metadata` names no build folder")?;
    Ok(PathBuf::from(folder))
}

/// What falls short: by exercise, then by file, with the reasons.
#[derive(Debug, Default)]
pub struct Findings {
    all: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

impl Findings {
    /// Adds a shortfall of `file`.
    pub fn add(&mut self, exercise: &str, file: &str, reason: impl Into<String>) {
        let files = self.all.entry(exercise.to_owned()).or_default();
        files.entry(file.to_owned()).or_default().push(reason.into());
    }

    /// Adds a shortfall of an exercise's file.
    pub fn of(&mut self, exercise: &Exercise, file: &str, reason: impl Into<String>) {
        self.add(&title(exercise), file, reason);
    }

    fn blames(&self, exercise: &Exercise, file: &str) -> bool {
        self.all.get(&title(exercise)).is_some_and(|files| files.contains_key(file))
    }
}

fn title(exercise: &Exercise) -> String {
    format!("{} {}", exercise.short(), exercise.id())
}

fn tell_findings(findings: &Findings) {
    for (exercise, files) in &findings.all {
        outln!("{TITLE}{exercise}{TITLE:#}");
        for (file, reasons) in files {
            for reason in reasons {
                let mut lines = reason.trim_end().lines();
                outln!("  {BAD}{file}{BAD:#}: {}", lines.next().unwrap_or_default());
                lines.for_each(|line| outln!("    {line}"));
            }
        }
        outln!();
    }
}

/// The line that everyone looks for, in these very words.
fn tell_counts(exercises: &[&Exercise], variants: &[Variant<'_>], findings: &Findings) {
    let without = |file: &str| exercises.iter().filter(|one| !findings.blames(one, file)).count();
    let fine = |kind: fn(&Kind) -> bool| {
        let all: Vec<_> = variants.iter().filter(|variant| kind(&variant.kind)).collect();
        let fine =
            all.iter().filter(|variant| !findings.blames(variant.exercise, &variant.file_name()));
        (fine.count(), all.len())
    };
    let (rejected, wrong) = fine(|kind| matches!(kind, Kind::Wrong(_)));
    let (accepted, right) = fine(|kind| matches!(kind, Kind::Right(_)));
    if right > 0 {
        outln!("{accepted} of {right} unusual right answers accepted");
    }
    let style = if findings.all.is_empty() { GOOD } else { BAD };
    outln!(
        "{style}{} green, {} red as declared, {} of {} wrong answers rejected{style:#}",
        count(without("solution.rs"), "solution"),
        count(without("starter.rs"), "starter"),
        rejected,
        wrong
    );
    if !findings.all.is_empty() {
        errln!("verify found shortfalls; each is named above");
    }
}
