//! The private workspace in which all variants of all exercises are built: one package for each
//! lesson's exercises, one `[[test]]` for each variant, and a folder for each test, in which the
//! check stands beside the variant under the name of `answer.rs`.
//!
//! ```text
//! target/verify/lesson-03-exercises/oneshot/wrong-spins/check.rs, answer.rs
//! ```
//!
//! Invariants. The learner's own `answer.rs` is never read or written. A file is written only if
//! that changes it, so that a second run builds nothing. It stays the same whichever exercises are
//! named: naming one selects targets, it does not rewrite manifests.

use super::structure;
use crate::catalog::{Exercise, Lesson};
use crate::files;
use crate::mistake::{self, Entry, Form};
use crate::say::errln;
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// Which file stands in for the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Solution,
    Starter,
    /// A mistake, which the check must reject.
    Wrong(Entry),
    /// `right/<slug>.rs`: an unusual answer, which the check must accept all the same.
    Right(String),
}

/// One exercise with one of its files as the answer.
#[derive(Clone, Debug)]
pub struct Variant<'a> {
    pub exercise: &'a Exercise,
    pub kind: Kind,
}

impl Variant<'_> {
    /// The file below the exercise's folder: `wrong/spins.rs`.
    pub fn file_name(&self) -> String {
        match &self.kind {
            Kind::Solution => "solution.rs".to_owned(),
            Kind::Starter => "starter.rs".to_owned(),
            Kind::Wrong(entry) => entry.file.clone(),
            Kind::Right(slug) => format!("right/{slug}.rs"),
        }
    }

    pub fn path(&self) -> PathBuf {
        self.exercise.folder.join(self.file_name())
    }

    /// Whether the answer is made: then no file of the course holds it whole.
    pub fn is_made(&self) -> bool {
        let Kind::Wrong(entry) = &self.kind else { return false };
        entry.mistake.as_ref().is_ok_and(|mistake| matches!(mistake.form, Form::Edit { .. }))
    }

    /// The answer, whole.
    ///
    /// # Errors
    ///
    /// In words, if there is none: a file cannot be read, or an edit does not fit.
    pub fn answer(&self) -> Result<String, String> {
        match &self.kind {
            Kind::Wrong(entry) => entry.mistake.clone()?.answer(self.exercise),
            _ => {
                fs::read_to_string(self.path()).map_err(|error| format!("cannot be read: {error}"))
            }
        }
    }

    /// The test target's name, unique in the workspace.
    pub fn target(&self) -> String {
        format!("{}--{}--{}", self.exercise.lesson, self.exercise.name, self.slug())
    }

    /// Its folder, below the workspace's root.
    pub fn folder(&self) -> PathBuf {
        Path::new(&self.exercise.package).join(&self.exercise.name).join(self.slug())
    }

    fn slug(&self) -> String {
        match &self.kind {
            Kind::Solution => "solution".to_owned(),
            Kind::Starter => "starter".to_owned(),
            Kind::Wrong(entry) => format!("wrong-{}", entry.slug),
            Kind::Right(slug) => format!("right-{slug}"),
        }
    }
}

/// The variants of an exercise: those of its files that are there.
///
/// # Errors
///
/// If a file's existence cannot be told.
pub fn variants(exercise: &Exercise) -> Result<Vec<Variant<'_>>> {
    let wrong = mistake::all(exercise).into_iter().map(Kind::Wrong);
    let right = structure::right_answers(exercise).into_iter();
    let right = right.map(|(file, _)| Kind::Right(structure::slug(Path::new(&file))));
    let kinds = [Kind::Solution, Kind::Starter].into_iter().chain(wrong).chain(right);
    let mut variants = Vec::new();
    for variant in kinds.map(|kind| Variant { exercise, kind }) {
        let path = variant.path();
        let there =
            path.try_exists().with_context(|| format!("cannot look at `{}`", path.display()))?;
        if there && exercise.check().exists() {
            variants.push(variant);
        }
    }
    Ok(variants)
}

/// The workspace, ready to be built, and locked against a second `verify`.
pub struct Workspace {
    /// The course's root, whose configuration holds here too.
    pub course: PathBuf,
    pub folder: PathBuf,
    pub target: PathBuf,
    _lock: File,
}

impl Workspace {
    /// Brings the workspace in `target` up to date with the lessons.
    ///
    /// # Errors
    ///
    /// If it cannot be written, or a manifest cannot be read.
    pub fn prepare(course: &Path, target: &Path, lessons: &[Lesson]) -> Result<Self> {
        let folder = target.join("verify");
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create `{}`", folder.display()))?;
        let lock = lock(&folder.join(".lock"))?;
        let mut expected = BTreeSet::new();
        let mut members = Vec::new();
        for lesson in lessons.iter().filter(|lesson| !lesson.exercises.is_empty()) {
            members.extend(write_package(lesson, &folder, &mut expected)?);
        }
        let manifest = root_manifest(course, &members)?;
        files::write_if_changed(&folder.join("Cargo.toml"), manifest.to_string().as_bytes())?;
        copy_lock_file(course, &folder)?;
        for member in &members {
            remove_others(&folder.join(member), &expected)?;
        }
        Ok(Self { course: course.to_owned(), folder, target: target.to_owned(), _lock: lock })
    }
}

fn lock(path: &Path) -> Result<File> {
    let file = File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        errln!("another `verify` is at work here: waiting for it");
        file.lock().context("cannot wait for the other `verify`")?;
    }
    Ok(file)
}

/// Writes the package of a lesson's exercises, and returns its folder's name; none if there is
/// nothing to build, which is a shortfall that the structure's checks name.
fn write_package(
    lesson: &Lesson,
    into: &Path,
    expected: &mut BTreeSet<PathBuf>,
) -> Result<Option<String>> {
    let source = lesson.exercises_folder();
    let mut manifest = course_manifest::read(&source.join("Cargo.toml"))?;
    let mut name = String::new();
    let mut tests = Vec::new();
    for exercise in &lesson.exercises {
        name.clone_from(&exercise.package);
        let original = declared_test(&manifest, &exercise.name);
        // What cannot be made is told by the structure's checks.
        for variant in variants(exercise)?.into_iter().filter(|variant| variant.answer().is_ok()) {
            write_variant(&variant, into, expected)?;
            tests.push(Value::Table(test_table(&original, &variant)));
        }
    }
    if tests.is_empty() {
        return Ok(None);
    }
    if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
        package.remove("metadata");
        for automatic in ["build", "autobins", "autotests", "autoexamples", "autobenches"] {
            package.insert(automatic.to_owned(), Value::Boolean(false));
        }
    }
    // The build script makes answers from starters, and there are none to be made here.
    manifest.remove("build-dependencies");
    manifest.insert("test".to_owned(), Value::Array(tests));
    absolute_dependencies(&mut manifest, &source);
    let path = into.join(&name).join("Cargo.toml");
    files::write_if_changed(&path, manifest.to_string().as_bytes())?;
    expected.insert(path);
    Ok(Some(name))
}

fn declared_test(manifest: &Table, name: &str) -> Table {
    let tests = manifest.get("test").and_then(Value::as_array).into_iter().flatten();
    let mut tests = tests.filter_map(Value::as_table);
    let named = tests.find(|test| test.get("name").and_then(Value::as_str) == Some(name));
    named.cloned().unwrap_or_default()
}

fn test_table(original: &Table, variant: &Variant<'_>) -> Table {
    let path = Path::new(&variant.exercise.name).join(variant.slug()).join("check.rs");
    let mut table = original.clone();
    table.insert("name".to_owned(), Value::String(variant.target()));
    table.insert("path".to_owned(), Value::String(path.display().to_string()));
    table
}

/// Copies what stands beside the check, and the variant as the answer.
fn write_variant(
    variant: &Variant<'_>,
    into: &Path,
    expected: &mut BTreeSet<PathBuf>,
) -> Result<()> {
    let folder = into.join(variant.folder());
    copy_beside(&variant.exercise.folder, &folder, expected)?;
    let answer = folder.join("answer.rs");
    let text = variant.answer().map_err(|why| anyhow!("{}: {why}", variant.file_name()))?;
    files::write_if_changed(&answer, text.as_bytes())?;
    expected.insert(answer);
    Ok(())
}

fn copy_beside(from: &Path, to: &Path, expected: &mut BTreeSet<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(from).with_context(|| format!("cannot read `{}`", from.display()))?;
    for entry in entries {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let variants = ["starter.rs", "solution.rs", "wrong", "right"];
        if name.starts_with("answer.") || variants.contains(&name) {
            continue;
        }
        let copied = to.join(name);
        if path.is_dir() {
            copy_beside(&path, &copied, expected)?;
        } else {
            copy(&path, &copied)?;
            expected.insert(copied);
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let bytes = fs::read(from).with_context(|| format!("cannot read `{}`", from.display()))?;
    files::write_if_changed(to, &bytes)
}

/// Removes what an earlier run wrote and this one did not: a check must not live on a file that is
/// gone.
fn remove_others(folder: &Path, expected: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, expected)?;
        } else if !expected.contains(&path) {
            fs::remove_file(&path)
                .with_context(|| format!("cannot remove `{}`", path.display()))?;
        }
    }
    Ok(())
}

/// The manifest of the private workspace: the course's, with its paths made absolute.
fn root_manifest(course: &Path, members: &[String]) -> Result<Table> {
    let original = course_manifest::read(&course.join("Cargo.toml"))?;
    let mut workspace = Table::new();
    if let Some(there) = original.get("workspace").and_then(Value::as_table) {
        for key in ["resolver", "package", "dependencies", "lints"] {
            there.get(key).into_iter().for_each(|value| {
                workspace.insert(key.to_owned(), value.clone());
            });
        }
    }
    absolute_dependencies(&mut workspace, course);
    let folders = members.iter().cloned().map(Value::String).collect();
    workspace.insert("members".to_owned(), Value::Array(folders));
    let mut manifest = Table::new();
    manifest.insert("workspace".to_owned(), Value::Table(workspace));
    for key in ["profile", "patch"] {
        original.get(key).into_iter().for_each(|value| {
            manifest.insert(key.to_owned(), value.clone());
        });
    }
    manifest.get_mut("patch").into_iter().flat_map(entries).for_each(|source| {
        absolute_paths(source, course);
    });
    members.iter().for_each(|name| build_once(&mut manifest, name));
    Ok(manifest)
}

/// A variant is built once and not edited: what would make a second build of it quicker, or a
/// debugger wiser, is left out. It is more than half of what hundreds of variants take on the disk.
fn build_once(manifest: &mut Table, package: &str) {
    let mut table = &mut *manifest;
    for key in ["profile", "dev", "package", package] {
        let inner = table.entry(key).or_insert_with(|| Value::Table(Table::new()));
        let Some(inner) = inner.as_table_mut() else { return };
        table = inner;
    }
    for setting in ["debug", "incremental"] {
        table.entry(setting).or_insert(Value::Boolean(false));
    }
}

/// Makes the paths in all of a manifest's dependency tables absolute.
fn absolute_dependencies(manifest: &mut Table, folder: &Path) {
    for (key, value) in manifest.iter_mut() {
        match key.as_str() {
            "dependencies" | "dev-dependencies" => absolute_paths(value, folder),
            "target" => {
                entries(value)
                    .filter_map(Value::as_table_mut)
                    .for_each(|table| absolute_dependencies(table, folder));
            }
            _ => {}
        }
    }
}

/// The values of a table; none of anything else.
fn entries(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    value.as_table_mut().into_iter().flat_map(|table| table.iter_mut().map(|(_, value)| value))
}

fn absolute_paths(dependencies: &mut Value, folder: &Path) {
    for dependency in entries(dependencies).filter_map(Value::as_table_mut) {
        if let Some(Value::String(path)) = dependency.get_mut("path") {
            *path = folder.join(path.as_str()).display().to_string();
        }
    }
}

/// The versions are the course's. Cargo takes out of the copy what is not needed here, so the
/// original is kept beside it, to tell whether it has changed since.
fn copy_lock_file(course: &Path, folder: &Path) -> Result<()> {
    let from = course.join("Cargo.lock");
    if !from.exists() {
        return Ok(());
    }
    let bytes = fs::read(&from).with_context(|| format!("cannot read `{}`", from.display()))?;
    let kept = folder.join("course.lock");
    let copied = folder.join("Cargo.lock");
    if copied.exists() && fs::read(&kept).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    files::write(&copied, &bytes)?;
    files::write(&kept, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_built_without_what_a_second_build_would_need() {
        let mut manifest: Table =
            "[profile.dev.package.a]\ndebug = true\n".parse().expect("it is TOML");
        build_once(&mut manifest, "a");
        build_once(&mut manifest, "b");
        let packages = &manifest["profile"]["dev"]["package"];
        assert_eq!(packages["a"]["debug"].as_bool(), Some(true), "what is written stays");
        assert_eq!(packages["a"]["incremental"].as_bool(), Some(false));
        assert_eq!(packages["b"]["debug"].as_bool(), Some(false));
    }

    #[test]
    fn paths_of_dependencies_become_absolute() {
        let text = "[dependencies]\na = { path = \"../a\" }\nb = \"1\"\nc.workspace = true\n\
                    [target.'cfg(unix)'.dev-dependencies]\nd = { path = \"d\" }\n";
        let mut manifest: Table = text.parse().expect("it is TOML");
        absolute_dependencies(&mut manifest, Path::new("/course/x"));
        assert_eq!(manifest["dependencies"]["a"]["path"].as_str(), Some("/course/x/../a"));
        assert_eq!(manifest["dependencies"]["b"].as_str(), Some("1"));
        let unix = &manifest["target"]["cfg(unix)"]["dev-dependencies"];
        assert_eq!(unix["d"]["path"].as_str(), Some("/course/x/d"));
    }
}
