//! `doctor`: looks at the machine, and says what is missing and how to get it.

use crate::capture::capture;
use crate::cargo::{self, Cargo};
use crate::catalog::{self, Catalog};
use crate::exit::Exit;
use crate::run::End;
use crate::say::{BAD, GOOD, QUIET, marks, say};
use anyhow::{Context, Result, anyhow};
use std::env;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// More than enough for a program of one line, on a slow machine that compiles for the first time.
const LIMIT: Duration = Duration::from_secs(60);

pub fn run(catalog: &Catalog) -> Result<Exit> {
    let target = target_folder(&catalog.root);
    let needed = [
        ("Rust", toolchain(&catalog.root)),
        ("linker", target.as_deref().map_or_else(|error| Err(anyhow!("{error:#}")), linker)),
        ("write access here", writes(&catalog.root.join(".course"))),
        (
            "write access to the build folder",
            target.as_deref().map_or_else(|error| Err(anyhow!("{error:#}")), writes),
        ),
        ("a free port on 127.0.0.1", port()),
    ];
    let mut exit = Exit::Done;
    for (what, found) in needed {
        match found {
            Ok(words) => say!("{GOOD}{}{GOOD:#} {what}: {words}", marks().passed),
            Err(error) => {
                say!("{BAD}{}{BAD:#} {what}: {error:#}", marks().failed);
                exit = Exit::Machine;
            }
        }
    }
    optional(
        "just",
        "shorter commands: `cargo install --locked just`, or `pipx install rust-just`",
    );
    optional("python3", "only for the comparisons with asyncio: https://www.python.org/downloads");
    if exit == Exit::Done {
        say!();
        say!("Everything that the course needs is here. Begin with `cargo lesson 1`.");
    }
    Ok(exit)
}

fn toolchain(root: &Path) -> Result<String> {
    let wanted = wanted(root)?;
    let shown = ask(&rustc(), &["--version"])
        .context("no `rustc`: install Rust from https://rustup.rs, then open a new terminal")?;
    let found = version(shown.split_whitespace().nth(1).unwrap_or_default())
        .with_context(|| format!("`rustc --version` said `{shown}`, which has no version"))?;
    if found < version(&wanted).unwrap_or_default() {
        return Err(anyhow!(
            "{shown} is too old, the course needs {wanted}: run `rustup update stable`"
        ));
    }
    ask(&cargo::program().to_string_lossy(), &["--version"])
        .context("no `cargo`: install Rust from https://rustup.rs, then open a new terminal")?;
    Ok(shown)
}

/// The `rust-version` of the workspace.
fn wanted(root: &Path) -> Result<String> {
    let manifest = catalog::manifest(&root.join("Cargo.toml"))?;
    let wanted = ["workspace", "package"]
        .iter()
        .try_fold(&manifest, |table, key| table.get(*key)?.as_table());
    let wanted = wanted.and_then(|package| package.get("rust-version")?.as_str());
    Ok(wanted.unwrap_or("1.85").to_owned())
}

/// `1.95.0-nightly` is 1.95.0.
fn version(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split(['-', '+']).next()?.split('.').map(str::parse);
    let mut part = || parts.next().unwrap_or(Ok(0)).ok();
    Some((part()?, part()?, part()?))
}

fn rustc() -> String {
    env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned())
}

/// Compiles and links a program of one line, which needs what every lesson needs.
fn linker(target: &Path) -> Result<String> {
    let folder = target.join("doctor");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create `{}`", folder.display()))?;
    let (source, program) =
        (folder.join("tiny.rs"), folder.join(format!("tiny{}", env::consts::EXE_SUFFIX)));
    fs::write(&source, "fn main() {}\n")
        .with_context(|| format!("cannot write `{}`", source.display()))?;
    let mut command = Command::new(rustc());
    command.arg(&source).arg("-o").arg(&program).current_dir(&folder);
    let built = capture(command, LIMIT).context("`rustc` cannot be run")?;
    if !matches!(built.end, End::Exited(status) if status.success()) {
        let help = "a C compiler is what brings a linker: `sudo apt install build-essential`, \
                    `xcode-select --install`, or the Visual Studio build tools";
        return Err(anyhow!(
            "a program of one line does not link: {help}\n{}",
            built.stderr.trim_end()
        ));
    }
    let ran = capture(Command::new(&program), LIMIT);
    let _ = fs::remove_dir_all(&folder);
    match ran.context("a program that was just built cannot be run")?.end {
        End::Exited(status) if status.success() => Ok("builds and runs a program".to_owned()),
        end => Err(anyhow!("a program of one line was built, but does not run: {end:?}")),
    }
}

fn writes(folder: &Path) -> Result<String> {
    let path = folder.join("doctor-was-here");
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, ""))
        .and_then(|()| fs::remove_file(&path));
    written.with_context(|| {
        format!(
            "cannot write to `{}`: make it yours (`chown`), or clone the course elsewhere",
            folder.display()
        )
    })?;
    Ok(folder.display().to_string())
}

fn port() -> Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context(
        "the lessons about networks talk to themselves; a firewall or a sandbox forbids it",
    )?;
    Ok(format!("such as {}", listener.local_addr()?.port()))
}

fn target_folder(root: &Path) -> Result<PathBuf> {
    let metadata =
        Cargo::new(root, ["metadata", "--no-deps", "--offline", "--format-version", "1"]).json()?;
    let folder =
        metadata["target_directory"].as_str().context("`cargo metadata` names no build folder")?;
    Ok(PathBuf::from(folder))
}

fn optional(program: &str, what_for: &str) {
    match ask(program, &["--version"]) {
        Ok(words) => say!("{GOOD}{}{GOOD:#} {program} (optional): {words}", marks().passed),
        Err(_) => {
            say!("{QUIET}{}{QUIET:#} {program} (optional) is not here; {what_for}", marks().skipped)
        }
    }
}

/// The first line that a program prints.
fn ask(program: &str, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new(program);
    command.args(arguments);
    let finished = capture(command, LIMIT)?;
    if !matches!(finished.end, End::Exited(status) if status.success()) {
        return Err(anyhow!("`{program}` fails: {}", finished.stderr.trim_end()));
    }
    Ok(finished.stdout.lines().next().unwrap_or_default().trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(version("1.100.0") > version("1.95.0"));
        assert_eq!(version("1.95"), version("1.95.0"));
        assert_eq!(version("1.96.0-nightly"), Some((1, 96, 0)));
        assert_eq!(version("x"), None);
    }
}
