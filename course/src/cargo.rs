//! Cargo, as we call it: quiet when there is nothing to build, working in sight when there is, and
//! bounded like everything else that runs here.

use crate::exit::Problem;
use crate::run::{self, End, Output, Sink};
use crate::say::{QUIET, tell};
use anyhow::{Context, Result};
use serde_json::Value;
use std::env;
use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a build may take. A macro that never ends must end some time.
const BUILD_LIMIT: Duration = Duration::from_secs(600);

/// How long cargo waits for another cargo before that is worth a word.
const PATIENCE: Duration = Duration::from_secs(2);

/// A cargo command, to be run in `root`.
pub struct Cargo {
    root: PathBuf,
    arguments: Vec<String>,
    announces: bool,
    label: Option<String>,
}

/// Something that cargo built.
#[derive(Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The target's kind: `bin`, `test`, `lib`, `custom-build`.
    pub kind: String,
    pub name: String,
    pub executable: Option<PathBuf>,
}

/// Something that the compiler said.
#[derive(Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The target's source file, which tells whose fault it is.
    pub target: PathBuf,
    pub target_name: String,
    pub is_error: bool,
    /// As the compiler prints it, coloured.
    pub rendered: String,
    /// `error[E0308]: mismatched types`, plain.
    pub headline: String,
    /// The file, as the compiler names it, and the line that it points at.
    pub place: Option<(String, u64)>,
}

/// What came of a build.
#[derive(Debug, Default)]
pub struct Build {
    pub worked: bool,
    pub artifacts: Vec<Artifact>,
    pub diagnostics: Vec<Diagnostic>,
    /// What cargo itself said, without its progress.
    pub notes: Vec<String>,
}

impl Build {
    /// The program of the target `name` of this kind.
    pub fn executable(&self, kind: &str, name: &str) -> Option<&Path> {
        let mut artifacts = self.artifacts.iter().filter(|artifact| artifact.kind == kind);
        artifacts
            .find(|artifact| artifact.name == name)
            .and_then(|artifact| artifact.executable.as_deref())
    }

    /// The errors, and nothing that would drown them.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error)
    }
}

impl Diagnostic {
    /// Whether it only counts others: `aborting due to 2 previous errors`, `1 warning emitted`.
    pub fn is_summary(&self) -> bool {
        self.headline.contains("aborting due to") || self.headline.ends_with(" emitted")
    }
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

    /// Builds, with cargo's progress in sight where someone looks on.
    ///
    /// # Errors
    ///
    /// If there is no cargo, or it ran past ten minutes. That the code does not compile is no error.
    pub fn build(&self) -> Result<Build> {
        let watched = io::stderr().is_terminal();
        let mut flags = vec!["--message-format=json-diagnostic-rendered-ansi"];
        if watched {
            flags.extend(["--config", "term.progress.when='always'"]);
            flags.extend(["--config", "term.progress.width=72"]);
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
            read_message(line, &mut build);
        }
        build.worked = matches!(end, End::Exited(status) if status.success());
        Ok(build)
    }

    /// Asks cargo for something that it prints as JSON.
    ///
    /// # Errors
    ///
    /// If there is no cargo, it fails, or what it prints is no JSON.
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
        let end = run::supervise(command, BUILD_LIMIT, output).map_err(|error| no_cargo(&error))?;
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
        command
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

/// Reads one line of `--message-format=json`. Lines that are no message are what a build script or
/// another tool printed; they are none of our business.
fn read_message(line: &[u8], build: &mut Build) {
    if !line.starts_with(b"{") {
        return;
    }
    let Ok(message) = serde_json::from_slice::<Value>(line) else { return };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let target = &message["target"];
    match message["reason"].as_str() {
        Some("compiler-artifact") => build.artifacts.push(Artifact {
            kind: text(&target["kind"][0]),
            name: text(&target["name"]),
            executable: message["executable"].as_str().map(PathBuf::from),
        }),
        Some("compiler-message") => {
            let said = &message["message"];
            let level = text(&said["level"]);
            let code = said["code"]["code"].as_str().filter(|code| code.starts_with('E'));
            let code = code.map(|code| format!("[{code}]")).unwrap_or_default();
            build.diagnostics.push(Diagnostic {
                target: PathBuf::from(text(&target["src_path"])),
                target_name: text(&target["name"]),
                is_error: level.starts_with("error"),
                rendered: text(&said["rendered"]),
                headline: format!("{level}{code}: {}", text(&said["message"])),
                place: place(said),
            });
        }
        _ => {}
    }
}

fn place(said: &Value) -> Option<(String, u64)> {
    let span = said["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    Some((span["file_name"].as_str()?.to_owned(), span["line_start"].as_u64()?))
}

/// Cargo's standard error: its progress bar goes to the terminal at once, the lines about what it
/// compiles are dropped, and the rest is kept for when the build fails.
struct Notes {
    command: String,
    watched: bool,
    pending: Vec<u8>,
    announced: bool,
    drawn: bool,
    /// Set while cargo waits for another cargo.
    blocked: Arc<AtomicBool>,
    lines: Vec<String>,
}

impl Notes {
    fn new(command: String, watched: bool, announces: bool) -> Self {
        Self {
            command,
            watched,
            pending: Vec::new(),
            announced: !announces,
            drawn: false,
            blocked: Arc::default(),
            lines: Vec::new(),
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.pending.push(*byte);
            match byte {
                b'\r' => self.draw(),
                b'\n' => self.line(),
                _ => {}
            }
        }
    }

    /// What ends in a carriage return is drawn over by the next: progress.
    fn draw(&mut self) {
        if self.watched {
            let _ = io::stderr().write_all(&self.pending);
            self.drawn = true;
        }
        self.pending.clear();
    }

    fn line(&mut self) {
        let line = String::from_utf8_lossy(&std::mem::take(&mut self.pending)).into_owned();
        let line = anstream::adapter::strip_str(line.trim_end()).to_string();
        self.blocked.store(false, Ordering::Relaxed);
        match line.split_whitespace().next() {
            Some("Compiling" | "Checking") => self.announce(),
            Some("Blocking") => self.wait(),
            Some("Finished" | "Executable" | "Dirty" | "Fresh") => {}
            _ => self.lines.push(line),
        }
    }

    /// A first build takes seconds: says what is going on, once.
    fn announce(&mut self) {
        if !std::mem::replace(&mut self.announced, true) {
            self.erase();
            tell!("{QUIET}{}{QUIET:#}", self.command);
        }
    }

    /// Two cargos often meet for a moment, as when an editor checks the same save. That is not worth a
    /// word unless it lasts.
    fn wait(&mut self) {
        let blocked = Arc::new(AtomicBool::new(true));
        self.blocked = Arc::clone(&blocked);
        thread::spawn(move || {
            thread::sleep(PATIENCE);
            if blocked.load(Ordering::Relaxed) {
                tell!("{QUIET}another cargo is building here: waiting for it{QUIET:#}");
            }
        });
    }

    fn finish(&mut self) {
        self.blocked.store(false, Ordering::Relaxed);
        self.erase();
    }

    fn erase(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = io::stderr().write_all(b"\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn artifacts_and_errors_are_read_from_messages() {
        let mut build = Build::default();
        let artifact = br#"{"reason":"compiler-artifact","target":{"kind":["test"],"name":"oneshot","src_path":"/c.rs"},"executable":"/t/oneshot-1"}"#;
        let error = br#"{"reason":"compiler-message","target":{"kind":["test"],"name":"oneshot","src_path":"/c.rs"},"message":{"level":"error","code":{"code":"E0308"},"message":"mismatched types","rendered":"error...","spans":[{"file_name":"a.rs","line_start":7,"is_primary":true}]}}"#;
        for line in [&artifact[..], error, b"a build script's words", b"{broken", b""] {
            read_message(line, &mut build);
        }
        assert_eq!(build.executable("test", "oneshot"), Some(Path::new("/t/oneshot-1")));
        assert_eq!(build.executable("bin", "oneshot"), None);
        let headlines: Vec<_> = build.errors().map(|error| error.headline.as_str()).collect();
        assert_eq!(headlines, ["error[E0308]: mismatched types"]);
        assert_eq!(build.diagnostics[0].place, Some(("a.rs".to_owned(), 7)));
    }

    #[test]
    fn cargos_own_complaints_are_kept_and_its_progress_is_not() {
        let mut notes = Notes::new(String::new(), false, false);
        notes.take(b"    Building [==>  ] 1/3\r\x1b[K   Compiling a v0.1.0\nerror: no such ");
        notes.take(b"package `b`\n    Finished `dev` profile\n");
        assert_eq!(notes.lines, ["error: no such package `b`"]);
    }
}
