//! Builds the variants and judges them.

use super::workspace::{Kind, Variant, Workspace};
use super::{Findings, reasons};
use crate::capture::capture;
use crate::cargo::{Build, Cargo, Diagnostic};
use crate::exit::Problem;
use crate::judge::{Judge, Report};
use crate::mistake::{Entry, Form};
use crate::run::End;
use crate::say::count;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::thread;
use std::time::Duration;

/// What clippy must say about a solution even where the check allows it for the starter's sake.
const FORCED: [&str; 5] = [
    "clippy::todo",
    "clippy::unimplemented",
    "clippy::dbg_macro",
    "unused_imports",
    "unused_variables",
];
const RUSTFMT_LIMIT: Duration = Duration::from_secs(60);

/// The variants, built.
pub struct Gates<'a> {
    workspace: &'a Workspace,
    variants: Vec<&'a Variant<'a>>,
    build: Build,
    clippy: Build,
}

/// One test of one variant, and how it ended.
struct Ran<'a> {
    variant: &'a Variant<'a>,
    report: Report,
}

impl<'a> Gates<'a> {
    /// Builds every variant, all of one lesson, and has clippy look at the solutions.
    ///
    /// # Errors
    ///
    /// If cargo cannot build at all. A variant that does not compile is a finding, not an error.
    pub fn build(workspace: &'a Workspace, variants: &'a [Variant<'a>]) -> Result<Self> {
        let variants: Vec<_> = variants.iter().filter(|variant| variant.answer().is_ok()).collect();
        let of = variants.first().map_or("nothing", |variant| &variant.exercise.lesson);
        let label = format!("verify: building {} of {of}", count(variants.len(), "variant"));
        let build = cargo(workspace, "build", variants.iter().copied(), &label, &[])?;
        if build.artifacts.is_empty() && build.errors().next().is_none() {
            let words = format!("cargo cannot build the variants:\n{}", build.notes.join("\n"));
            return Err(Problem::failed(words).into());
        }
        let solutions = variants.iter().copied().filter(|variant| variant.kind == Kind::Solution);
        let forced: Vec<_> = FORCED.iter().flat_map(|lint| ["--force-warn", *lint]).collect();
        let clippy = cargo(
            workspace,
            "clippy",
            solutions,
            &format!("verify: clippy over the solutions of {of}"),
            &forced,
        )?;
        if let Some(missing) = clippy.notes.iter().find(|line| line.contains("is not installed")) {
            let words = format!("{missing}; `rustup component add clippy` brings it");
            return Err(Problem::machine(words).into());
        }
        Ok(Self { workspace, variants, build, clippy })
    }

    /// Judges everything that was built.
    ///
    /// # Errors
    ///
    /// If something cannot be run.
    pub fn judge(&self, findings: &mut Findings) -> Result<()> {
        self.look_at_builds(findings);
        self.look_at_format(findings)?;
        let jobs = self.jobs(findings)?;
        for &variant in &self.variants {
            let reports: Vec<_> = jobs
                .iter()
                .filter(|ran| std::ptr::eq(ran.variant, variant))
                .map(|ran| &ran.report)
                .collect();
            for reason in reasons::reasons(variant, &reports) {
                findings.of(variant.exercise, &variant.file_name(), self.shown(variant, &reason));
            }
        }
        self.look_at_bases(findings);
        Ok(())
    }

    fn look_at_builds(&self, findings: &mut Findings) {
        for &variant in &self.variants {
            let (file, target) = (variant.file_name(), variant.target());
            let errors: Vec<_> =
                self.build.errors().filter(|error| error.target_name == target).collect();
            if self.build.executable("test", &target).is_none() {
                let words = match errors.first() {
                    Some(_) => told(&errors),
                    None => elsewhere(&self.build),
                };
                findings.of(
                    variant.exercise,
                    &file,
                    self.shown(variant, &format!("does not compile\n{words}")),
                );
            } else if variant.kind == Kind::Solution {
                let said = self.clippy.diagnostics.iter();
                let said: Vec<_> =
                    said.filter(|said| said.target_name == target && !said.is_summary()).collect();
                if !said.is_empty() {
                    let words = format!("clippy rejects it\n{}", told(&said));
                    findings.of(variant.exercise, &file, self.shown(variant, &words));
                }
            }
        }
    }

    /// An edit proves something only of a base that passes.
    fn look_at_bases(&self, findings: &mut Findings) {
        for variant in &self.variants {
            let Kind::Wrong(Entry { file, mistake: Ok(mistake), .. }) = &variant.kind else {
                continue;
            };
            let Form::Edit { base, .. } = &mistake.form else { continue };
            if findings.blames(variant.exercise, &base.file_name()) {
                let words =
                    format!("its base `{}` falls short, so it proves nothing", base.file_name());
                findings.of(variant.exercise, file, words);
            }
        }
    }

    /// The path of a copy tells the author nothing: shows the original's. What is made has none.
    fn shown(&self, variant: &Variant<'_>, words: &str) -> String {
        let folder = variant.folder();
        let original = variant.exercise.folder.strip_prefix(&self.workspace.course);
        let original = original.unwrap_or(&variant.exercise.folder).display().to_string();
        let copied = |name: &str| folder.join(name).display().to_string();
        if variant.is_made() {
            // And what is below `check/`.
            return words.replace(&copied("check"), &format!("{original}/check"));
        }
        words
            .replace(&copied("answer.rs"), &format!("{original}/{}", variant.file_name()))
            .replace(&folder.display().to_string(), &original)
    }

    fn look_at_format(&self, findings: &mut Findings) -> Result<()> {
        let mut files = BTreeMap::new();
        // What does not compile may not even parse, and is told already.
        let built =
            |variant: &&Variant<'_>| self.build.executable("test", &variant.target()).is_some();
        for &variant in self.variants.iter().filter(|variant| built(variant)) {
            // The copies, because an edit has no other file, and because rustfmt goes on from the
            // check into the answer, where the learner's does not concern an author.
            let copies = self.workspace.folder.join(variant.folder());
            files.insert(copies.join("answer.rs"), (variant.exercise, variant.file_name()));
            if variant.kind == Kind::Solution {
                files.insert(copies.join("check.rs"), (variant.exercise, "check.rs".to_owned()));
            }
        }
        for path in misformatted(&self.workspace.course, files.keys())? {
            if let Some((exercise, file)) = files.get(&path) {
                findings.of(exercise, file, "is not as rustfmt would have it: `rustfmt` fixes it");
            }
        }
        Ok(())
    }

    /// Runs what must be run: of a wrong answer the test that it names, of all others all tests.
    fn jobs(&self, findings: &mut Findings) -> Result<Vec<Ran<'_>>> {
        let mut jobs = Vec::new();
        for &variant in &self.variants {
            let Some(binary) = self.build.executable("test", &variant.target()) else { continue };
            let judge = Judge {
                binary,
                folder: variant.exercise.package_folder(),
                limit: variant.exercise.limit,
            };
            let check = variant.exercise.check();
            let source = fs::read_to_string(&check)
                .with_context(|| format!("cannot read `{}`", check.display()))?;
            let tests = judge.tests(&source)?;
            match &variant.kind {
                Kind::Wrong(entry) => {
                    let caught_by =
                        entry.mistake.as_ref().ok().map(|mistake| mistake.caught_by.clone());
                    jobs.extend(
                        tests
                            .into_iter()
                            .filter(|test| Some(test) == caught_by.as_ref())
                            .map(|test| (variant, judge, test)),
                    );
                }
                Kind::Solution if tests.is_empty() => {
                    findings.of(variant.exercise, "check.rs", "has no test that runs");
                }
                Kind::Solution | Kind::Starter | Kind::Right(_) => {
                    jobs.extend(tests.into_iter().map(|test| (variant, judge, test)))
                }
            }
        }
        run_all(jobs)
    }
}

/// `cargo build` or `cargo clippy` over some variants, in the private workspace, into the course's
/// own build folder, and under the course's own configuration.
fn cargo<'a>(
    workspace: &Workspace,
    command: &str,
    variants: impl Iterator<Item = &'a Variant<'a>>,
    label: &str,
    flags: &[&str],
) -> Result<Build> {
    let manifest = workspace.folder.join("Cargo.toml").display().to_string();
    let target = workspace.target.display().to_string();
    let mut arguments = vec![
        command,
        "--keep-going",
        "--workspace",
        "--manifest-path",
        &manifest,
        "--target-dir",
        &target,
    ];
    let targets: Vec<_> = variants.map(Variant::target).collect();
    if targets.is_empty() {
        return Ok(Build::default());
    }
    arguments.extend(targets.iter().flat_map(|name| ["--test", name.as_str()]));
    if !flags.is_empty() {
        arguments.push("--");
        arguments.extend(flags);
    }
    Cargo::new(&workspace.course, arguments).labelled(label).build()
}

/// What the compiler said, the first of it in full.
fn told(said: &[&Diagnostic]) -> String {
    let first = said.first().map(|said| said.rendered.trim_end()).unwrap_or_default();
    let others = said.iter().skip(1).filter(|said| !said.is_summary()).count();
    let others = if others > 0 { format!("\n… and {others} more") } else { String::new() };
    format!("{first}{others}")
}

/// Why a target was not built although it has no error of its own.
fn elsewhere(build: &Build) -> String {
    match build.errors().next() {
        Some(error) => format!("because `{}` does not: {}", error.target_name, error.headline),
        None => build.notes.join("\n"),
    }
}

/// The files that rustfmt would change.
fn misformatted<'a>(
    course: &Path,
    files: impl Iterator<Item = &'a PathBuf>,
) -> Result<Vec<PathBuf>> {
    let mut command = Command::new("rustfmt");
    command.args(["--check", "--files-with-diff", "--edition", "2024"]);
    // The copies may be outside the course, where rustfmt would not find its configuration.
    if ["rustfmt.toml", ".rustfmt.toml"].iter().any(|name| course.join(name).exists()) {
        command.arg("--config-path").arg(course);
    }
    command.args(files);
    command.current_dir(course);
    let finished = capture(command, RUSTFMT_LIMIT).map_err(|error| {
        Problem::machine(format!(
            "no `rustfmt` ({error}): `rustup component add rustfmt` brings it"
        ))
    })?;
    let listed: Vec<_> = finished.stdout.lines().map(PathBuf::from).collect();
    match finished.end {
        End::Exited(status) if status.success() || !listed.is_empty() => Ok(listed),
        _ => {
            Err(Problem::machine(format!("`rustfmt` fails:\n{}", finished.stderr.trim_end()))
                .into())
        }
    }
}

/// Runs tests on every core, and returns how each ended.
fn run_all<'a>(jobs: Vec<(&'a Variant<'a>, Judge<'_>, String)>) -> Result<Vec<Ran<'a>>> {
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let queue = Mutex::new(jobs.into_iter());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    thread::scope(|scope| {
        let work = || -> Result<Vec<Ran<'a>>> {
            let mut done = Vec::new();
            while let Some((variant, judge, test)) = next() {
                done.push(Ran { variant, report: judge.judge(&test)? });
            }
            Ok(done)
        };
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for handle in handles {
            match handle.join() {
                Ok(done) => all.extend(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(all)
    })
}
