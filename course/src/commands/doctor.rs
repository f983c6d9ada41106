//! `doctor`: looks at the machine, and says what is missing and how to get it.

use crate::capture::capture;
use crate::cargo::{self, Build, Cargo, settings};
use crate::catalog::Catalog;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::run::End;
use crate::say::{BAD, GOOD, QUIET, marks, outln};
use anyhow::{Context, Result, anyhow};
use std::env;
use std::fs::{self, File};
use std::io::Write;
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
        (
            "linker",
            target
                .as_deref()
                .map_or_else(|error| Err(anyhow!("{error:#}")), |it| builds(&catalog.root, it)),
        ),
        ("write access here", writes(&catalog.root.join(".course"))),
        (
            "write access to the build folder",
            target.as_deref().map_or_else(|error| Err(anyhow!("{error:#}")), writes),
        ),
        ("progress file", progress(&catalog.root)),
        ("a free port on 127.0.0.1", port()),
    ];
    let mut exit = Exit::Done;
    for (what, found) in needed {
        match found {
            Ok(words) => outln!("{GOOD}{}{GOOD:#} {what}: {words}", marks().passed),
            Err(error) => {
                outln!("{BAD}{}{BAD:#} {what}: {error:#}", marks().failed);
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
        outln!();
        outln!("Everything that the course needs is here. Begin with `cargo lesson 1`.");
    }
    Ok(exit)
}

fn toolchain(root: &Path) -> Result<String> {
    let wanted = wanted(root)?;
    let shown = ask(&rustc(), &["--version"]).with_context(|| match env::var_os("RUSTC") {
        Some(_) => settings::compilers(),
        None => {
            "no `rustc`: install Rust from https://rustup.rs, then open a new terminal".to_owned()
        }
    })?;
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
    let manifest = course_manifest::read(&root.join("Cargo.toml"))?;
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

/// What every lesson and every check needs: cargo's settings let a small program and its test be
/// built, and a panic be caught.
const TINY: &str = "\
fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let caught = std::panic::catch_unwind(|| panic!());
    std::process::exit(if caught.is_err() { 0 } else { 1 });
}

#[test]
fn tests_are_built() {}
";
const TINY_MANIFEST: &str = "\
[workspace]

[package]
name = \"tiny\"
version = \"0.0.0\"
edition = \"2024\"
";

/// Builds, links and runs a small program, by cargo: with the settings that the lessons are built
/// with.
fn builds(root: &Path, target: &Path) -> Result<String> {
    // A folder for each, for when two look at once.
    let folder = target.join(format!("doctor-{}", std::process::id()));
    let built = builds_in(root, &folder);
    let _ = fs::remove_dir_all(&folder);
    built
}

fn builds_in(root: &Path, folder: &Path) -> Result<String> {
    let source = folder.join("src");
    fs::create_dir_all(&source).with_context(|| format!("cannot create `{}`", source.display()))?;
    let manifest = folder.join("Cargo.toml");
    for (path, text) in [(&manifest, TINY_MANIFEST), (&source.join("main.rs"), TINY)] {
        fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    let (manifest, target) = (manifest.display().to_string(), folder.join("target"));
    let target = target.display().to_string();
    let arguments = [
        "build",
        "--all-targets",
        "--offline",
        "--manifest-path",
        &manifest,
        "--target-dir",
        &target,
    ];
    let build = Cargo::new(root, arguments).unannounced().build()?;
    if !build.worked {
        return Err(anyhow!(why_not(&build)));
    }
    let program = build.executable("bin", "tiny").context("cargo built no program")?;
    let ran = capture(Command::new(program), LIMIT);
    match ran.context("a program that was just built cannot be run")?.end {
        End::Exited(status) if status.success() => Ok("builds and runs a program".to_owned()),
        // It was ended by its panic.
        End::Exited(status) if status.code().is_none_or(|code| code > 1) => {
            Err(anyhow!(settings::panic_aborts()))
        }
        end => Err(anyhow!("a small program was built, but does not run: {end:?}")),
    }
}

fn why_not(build: &Build) -> String {
    let said = build.errors().map(|error| error.rendered.as_str());
    let said: Vec<_> = said.chain(build.notes.iter().map(String::as_str)).collect();
    let said = anstream::adapter::strip_str(&said.join("\n")).to_string();
    let said = said.trim_end();
    if settings::is_about_panics(said) {
        return settings::panic_aborts();
    }
    if said.contains("-vV`") {
        let named = settings::compilers();
        return format!("cargo cannot run the compiler: {named}\n{said}");
    }
    format!(
        "a program of one line does not link: a C compiler is what brings a linker: `sudo apt install \
         build-essential`, `xcode-select --install`, or the Visual Studio build tools\n{said}"
    )
}

/// Real bytes: a full disk lets empty files be made.
fn writes(folder: &Path) -> Result<String> {
    let path = folder.join(format!("doctor-was-here-{}", std::process::id()));
    let written = fs::create_dir_all(folder)
        .and_then(|()| File::create(&path))
        .and_then(|mut file| file.write_all(&[b'x'; 64 * 1024]).and_then(|()| file.sync_all()));
    let removed = fs::remove_file(&path);
    written.and(removed).with_context(|| {
        format!(
            "cannot write to `{}`: if the disk is full, make room; else make the folder yours (`chown`), or clone the \
             course elsewhere",
            folder.display()
        )
    })?;
    Ok(folder.display().to_string())
}

fn progress(root: &Path) -> Result<String> {
    match Progress::trouble(root) {
        None => Ok("readable".to_owned()),
        Some(words) => Err(anyhow!("{words}")),
    }
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
        Ok(words) => outln!("{GOOD}{}{GOOD:#} {program} (optional): {words}", marks().passed),
        Err(_) => {
            outln!(
                "{QUIET}{}{QUIET:#} {program} (optional) is not here; {what_for}",
                marks().skipped
            )
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
