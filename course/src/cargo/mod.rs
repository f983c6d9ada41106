//! Cargo, as we call it: quiet when there is nothing to build, working in sight when there is, and
//! bounded like everything else that runs here.

mod freshness;
mod messages;
mod notes;
pub mod settings;

pub use freshness::sources;
pub use messages::{Build, Diagnostic};

use crate::exit::Problem;
use crate::group::Subject;
use crate::run::{self, End, Output, Sink};
use crate::say;
use anyhow::{Context, Result};
use notes::Notes;
use serde_json::Value;
use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How long a build may take. A macro that never ends must end some time.
const BUILD_LIMIT: Duration = Duration::from_secs(600);

/// A cargo command, to be run in `root`.
pub struct Cargo {
    root: PathBuf,
    arguments: Vec<String>,
    announces: bool,
    label: Option<String>,
}

impl Cargo {
    /// `cargo <arguments>` in `root`.
    pub fn new<'a>(root: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Self {
        let arguments = arguments.into_iter().map(str::to_owned).collect();
        Self { root: root.to_owned(), arguments, announces: true, label: None }
    }

    /// Does not say that it builds, because the user has been told what runs.
    pub fn unannounced(mut self) -> Self {
        self.announces = false;
        self
    }

    /// Is shown by these words instead of a command line that nobody would type.
    pub fn labelled(mut self, words: &str) -> Self {
        self.label = Some(words.to_owned());
        self
    }

    /// The command as one would type it.
    pub fn shown(&self) -> String {
        self.label.clone().unwrap_or_else(|| format!("cargo {}", self.arguments.join(" ")))
    }

    /// Builds from the bytes that are there, whatever their times say.
    ///
    /// # Errors
    ///
    /// As [`Cargo::build`]; and if cargo sticks to what it has built of other bytes.
    pub fn build_what_is_there(&self) -> Result<Build> {
        let mut stale = BTreeSet::new();
        for _ in 0..2 {
            let began = SystemTime::now();
            let build = self.build()?;
            stale = freshness::stale_packages(&self.root, &build, began);
            if stale.is_empty() {
                return Ok(build);
            }
            let packages = stale.iter().flat_map(|package| ["--package", package.as_str()]);
            self.ask(["clean"].into_iter().chain(packages))?;
        }
        let packages: Vec<_> = stale.into_iter().collect();
        let words = format!(
            "cargo does not see that these have changed: {}\n`cargo clean`, then try again",
            packages.join(", ")
        );
        Err(Problem::failed(words).into())
    }

    /// Has cargo do something else in the same folder, without a word.
    fn ask<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Result<()> {
        let other = Self::new(&self.root, arguments);
        let (complaints, err) = collecting();
        let (_, out) = collecting();
        match other.supervise(other.command(&[]), Output::Taken(out, err))? {
            End::Exited(status) if status.success() => Ok(()),
            _ => {
                let complaints = complaints.lock().unwrap_or_else(PoisonError::into_inner);
                let words = String::from_utf8_lossy(&complaints).trim_end().to_owned();
                Err(Problem::failed(format!("`{}` failed:\n{words}", other.shown())).into())
            }
        }
    }

    /// Builds, with cargo's progress in sight where someone looks on.
    ///
    /// # Errors
    ///
    /// If there is no cargo, or it ran past ten minutes. That the code does not compile is not an
    /// error.
    pub fn build(&self) -> Result<Build> {
        let columns = say::error_columns();
        let watched = columns.is_some();
        let width = columns.map(|columns| format!("term.progress.width={}", columns.min(72)));
        let mut flags = vec!["--message-format=json-diagnostic-rendered-ansi"];
        if let Some(width) = &width {
            flags.extend(["--config", "term.progress.when='always'", "--config", width]);
        }
        let command = self.command(&flags);
        let (messages, out) = collecting();
        let notes = Arc::new(Mutex::new(Notes::new(self.announcement(), watched, self.announces)));
        let for_sink = Arc::clone(&notes);
        let err: Sink = Box::new(move |bytes| {
            for_sink.lock().unwrap_or_else(PoisonError::into_inner).take(bytes);
            ControlFlow::Continue(())
        });
        let end = self.supervise(command, Output::Taken(out, err))?;
        let mut notes = notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.finish();
        let messages = messages.lock().unwrap_or_else(PoisonError::into_inner);
        let mut build = Build { notes: std::mem::take(&mut notes.lines), ..Build::default() };
        for line in messages.split(|byte| *byte == b'\n') {
            messages::read_message(line, &mut build);
        }
        build.worked = matches!(end, End::Exited(status) if status.success());
        Ok(build)
    }

    /// Asks cargo for something that it prints as JSON.
    ///
    /// # Errors
    ///
    /// If there is no cargo, it fails, or what it prints is not JSON.
    pub fn json(&self) -> Result<Value> {
        let (printed, out) = collecting();
        let (complaints, err) = collecting();
        let end = self.supervise(self.command(&[]), Output::Taken(out, err))?;
        if !matches!(end, End::Exited(status) if status.success()) {
            let complaints = complaints.lock().unwrap_or_else(PoisonError::into_inner);
            let words = String::from_utf8_lossy(&complaints).trim_end().to_owned();
            return Err(Problem::failed(format!("`{}` failed:\n{words}", self.shown())).into());
        }
        let printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
        serde_json::from_slice(&printed)
            .with_context(|| format!("`{}` printed no JSON", self.shown()))
    }

    fn supervise(&self, command: Command, output: Output) -> Result<End> {
        let end = run::supervise(Subject::Tool, command, BUILD_LIMIT, output)
            .map_err(|error| no_cargo(&error))?;
        match end {
            End::OverTime(limit) => {
                let minutes = limit.as_secs() / 60;
                let words = format!(
                    "`{}` did not finish within {minutes} minutes and was ended",
                    self.shown()
                );
                Err(Problem::overran(words).into())
            }
            end => Ok(end),
        }
    }

    fn announcement(&self) -> String {
        self.label.clone().unwrap_or_else(|| format!("building: {}", self.shown()))
    }

    /// Our flags come first: what follows `--` is for another program.
    fn command(&self, flags: &[&str]) -> Command {
        let mut command = Command::new(program());
        let (subcommand, rest) = self.arguments.split_at(self.arguments.len().min(1));
        command.args(subcommand).args(flags).args(rest).current_dir(&self.root);
        forget_ourselves(&mut command);
        from_here(&mut command);
        command
    }
}

/// Paths in these variables begin where the user stands, and cargo is to run in the root.
fn from_here(command: &mut Command) {
    const FOLDERS: [&str; 4] =
        ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "CARGO_BUILD_BUILD_DIR", "CARGO_HOME"];
    // A program without a folder is looked for on the path.
    const PROGRAMS: [&str; 5] = [
        "CARGO_BUILD_RUSTC",
        "CARGO_BUILD_RUSTC_WRAPPER",
        "RUSTC",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
    ];
    let Ok(here) = env::current_dir() else { return };
    for name in FOLDERS.iter().chain(&PROGRAMS) {
        let Some(path) = env::var_os(name).map(PathBuf::from) else { continue };
        let is_path = !PROGRAMS.contains(name) || path.components().count() > 1;
        if path.is_relative() && !path.as_os_str().is_empty() && is_path {
            command.env(name, here.join(path));
        }
    }
}

/// The cargo that runs us, or the one on the path. Through `cargo run` this skips rustup's look-up.
pub fn program() -> OsString {
    env::var_os("CARGO").filter(|path| !path.is_empty()).unwrap_or_else(|| "cargo".into())
}

/// What to say where cargo cannot be started.
fn no_cargo(error: &io::Error) -> anyhow::Error {
    let program = program();
    let program = program.to_string_lossy();
    let words = match error.kind() {
        ErrorKind::NotFound => format!(
            "there is no `{program}` to run: install Rust from https://rustup.rs, then open a new terminal"
        ),
        _ => format!("`{program}` cannot be run: {error}"),
    };
    Problem::machine(words).into()
}

/// Takes out what `cargo run` told about this program: it is not about what we run.
pub fn forget_ourselves(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let Some(name) = name.to_str() else { continue };
        let ours =
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
        if ours.iter().any(|prefix| name.starts_with(prefix)) || name == "OUT_DIR" {
            command.env_remove(name);
        }
    }
}

fn collecting() -> (Arc<Mutex<Vec<u8>>>, Sink) {
    let kept = Arc::new(Mutex::new(Vec::new()));
    let into = Arc::clone(&kept);
    let sink = move |bytes: &[u8]| {
        into.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        ControlFlow::Continue(())
    };
    (kept, Box::new(sink))
}
