//! The lessons' libraries, so that a block of the book can say `use wakers::oneshot`.

use crate::course::Course;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Libraries that have been built, for `rustc --extern`.
#[derive(Debug, Default)]
pub struct Libraries {
    built: Vec<(String, PathBuf)>,
}

impl Libraries {
    /// Builds those libraries of the workspace that one of the `codes` mentions; none where no code
    /// does.
    ///
    /// # Errors
    ///
    /// Cargo is missing, or a library does not compile: what cargo says.
    pub fn build(course: &Course, codes: &[&str]) -> Result<Libraries> {
        if codes.is_empty() || !course.root().join("Cargo.toml").is_file() {
            return Ok(Libraries::default());
        }
        let wanted: Vec<(String, String)> = members(course)?
            .into_iter()
            .filter(|(_, library)| codes.iter().any(|code| mentions(code, library)))
            .collect();
        if wanted.is_empty() {
            return Ok(Libraries::default());
        }
        let mut cargo = cargo(course);
        cargo.args(["build", "--quiet", "--lib", "--message-format=json-render-diagnostics"]);
        for (package, _) in &wanted {
            cargo.args(["--package", package]);
        }
        let output = finish(cargo)?;
        let built = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(artifact)
            .filter(|(name, _)| wanted.iter().any(|(_, library)| library == name))
            .collect();
        Ok(Libraries { built })
    }

    /// The arguments for rustc, for those libraries that `code` mentions.
    pub fn arguments(&self, code: &str) -> Vec<OsString> {
        let mut arguments = Vec::new();
        for (name, file) in &self.built {
            if let (true, Some(folder)) = (mentions(code, name), file.parent()) {
                let mut library = OsString::from(format!("--extern={name}="));
                library.push(file);
                let mut dependencies = OsString::from("-Ldependency=");
                dependencies.push(folder.join("deps"));
                let mut beside = OsString::from("-Ldependency=");
                beside.push(folder);
                arguments.extend([library, dependencies, beside]);
            }
        }
        arguments
    }
}

/// Whether `name` stands in `code` as a word.
fn mentions(code: &str, name: &str) -> bool {
    let of_a_word = |c: char| c.is_alphanumeric() || c == '_';
    code.split(|c| !of_a_word(c)).any(|word| word == name)
}

/// The packages of the workspace that are libraries: their names, and their libraries' names.
fn members(course: &Course) -> Result<Vec<(String, String)>> {
    let mut cargo = cargo(course);
    cargo.args(["metadata", "--no-deps", "--format-version=1"]);
    let metadata: Value = serde_json::from_slice(&finish(cargo)?.stdout)?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    let libraries = packages.iter().filter_map(|package| {
        let targets = package["targets"].as_array()?;
        let library = targets.iter().find(|target| target["kind"][0] == "lib")?;
        let name = library["name"].as_str()?.replace('-', "_");
        Some((package["name"].as_str()?.to_owned(), name))
    });
    Ok(libraries.collect())
}

/// The library and its file, from a line of cargo's messages.
fn artifact(line: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-artifact" || message["target"]["kind"][0] != "lib" {
        return None;
    }
    let files: Vec<PathBuf> = message["filenames"]
        .as_array()?
        .iter()
        .filter_map(|file| Some(file.as_str()?.into()))
        .collect();
    let named = |extension: &str| {
        let has = |file: &&PathBuf| file.extension().is_some_and(|it| it == extension);
        files.iter().find(has)
    };
    // The file in `deps`, beside its metadata, has a hash in its name: no other build overwrites
    // it.
    let hashed = named("rmeta").map(|file| file.with_extension("rlib"));
    let file = hashed.filter(|file| file.is_file()).or_else(|| named("rlib").cloned())?;
    let name = message["target"]["name"].as_str()?.replace('-', "_");
    Some((name, file))
}

/// A cargo that works on the course's own workspace.
pub(crate) fn cargo(course: &Course) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(course.root());
    cargo
}

/// Runs it to its end.
pub(crate) fn finish(mut cargo: Command) -> Result<Output> {
    let output = cargo.output().context("cargo cannot be started")?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output)
}
