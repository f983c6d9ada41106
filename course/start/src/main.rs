//! Builds a program of the course, with cargo's progress in sight where somebody looks on, and runs
//! it: `start course lesson 3`.
//!
//! `cargo run --quiet` alone is silent for the half minute of a first build, and a progress bar
//! that is forced on in the configuration goes into files and pipes, too, and is as wide as it says
//! there, on every terminal. So the aliases run this program, which takes a moment to build, and it
//! tells cargo whether there is a terminal, and how wide it is.

mod lesson;

use lesson::Lesson;
use std::env;
use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};

/// A bar that is wider tells nothing more.
const WIDEST: u16 = 72;
/// Where a terminal does not say how wide it is.
const USUAL: u16 = 80;
/// The machine lacks something: the same status as that of `cargo course`.
const MACHINE: u8 = 3;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let Some(package) = arguments.next() else {
        eprintln!("this is for the aliases in .cargo/config.toml: type `cargo course`");
        return ExitCode::from(2);
    };
    let arguments: Vec<_> = arguments.collect();
    let is_built = beside_us(&package).is_ok_and(|program| program.is_file());
    match Lesson::asked_for(&arguments) {
        Some(lesson) if !is_built => start(&lesson.package, |program| lesson.command(program)),
        _ => start(&package, |program| {
            let mut command = Command::new(program);
            command.args(&arguments);
            command
        }),
    }
}

/// Builds a package, and becomes its program.
fn start(package: &OsString, command: impl FnOnce(&Path) -> Command) -> ExitCode {
    match build(package) {
        Ok(status) if status.success() => {}
        Ok(status) => return code(status),
        Err(error) => {
            eprintln!("error: cargo cannot be run: {error}");
            return ExitCode::from(MACHINE);
        }
    }
    let started = beside_us(package).and_then(|program| run(command(&program)));
    started.unwrap_or_else(|error| {
        eprintln!("error: `{}` cannot be run: {error}", package.display());
        ExitCode::from(MACHINE)
    })
}

fn build(package: &OsString) -> io::Result<ExitStatus> {
    let cargo = env::var_os("CARGO").filter(|path| !path.is_empty());
    let mut command = Command::new(cargo.unwrap_or_else(|| "cargo".into()));
    command.args(["build", "--quiet", "--package"]).arg(package);
    if let Some(columns) = columns() {
        let width = format!("term.progress.width={}", columns.min(WIDEST));
        command.args(["--config", "term.progress.when='always'", "--config", &width]);
    }
    command.status()
}

/// How wide the terminal is to which standard error goes, if it is one.
fn columns() -> Option<u16> {
    io::stderr()
        .is_terminal()
        .then(|| width_of_stderr().filter(|width| *width > 0).unwrap_or(USUAL))
}

#[cfg(unix)]
fn width_of_stderr() -> Option<u16> {
    rustix::termios::tcgetwinsize(io::stderr()).ok().map(|size| size.ws_col)
}

#[cfg(not(unix))]
fn width_of_stderr() -> Option<u16> {
    None
}

/// Cargo puts what one build makes into one folder.
fn beside_us(package: &OsString) -> io::Result<PathBuf> {
    let ours = env::current_exe()?;
    let folder = ours.parent().ok_or(ErrorKind::NotFound)?;
    Ok(folder.join(package).with_extension(env::consts::EXE_EXTENSION))
}

/// This process becomes the program, so that no signal has two receivers.
#[cfg(unix)]
fn run(mut command: Command) -> io::Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

/// Ctrl-C is the program's to answer; this one waits for what comes of it.
#[cfg(not(unix))]
fn run(mut command: Command) -> io::Result<ExitCode> {
    ctrlc::set_handler(|| {}).map_err(io::Error::other)?;
    command.status().map(code)
}

fn code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    ExitCode::from(code.unwrap_or(1))
}
