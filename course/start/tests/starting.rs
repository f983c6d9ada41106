//! What is started, and with which progress bar: it is for a terminal only, and not wider than it.
//! A script stands in for cargo.
#![cfg(unix)]

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

fn cargo(name: &str, script: &str) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("{name}-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // By another process: a file that is open for writing anywhere, also in a child of another test
    // that has just been forked, cannot be run.
    let write = "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$2\" && chmod +x \"$2\"";
    let written = Command::new("sh").args(["-c", write, "sh", script]).arg(&path).status();
    assert!(written.expect("`sh` is there").success());
    path
}

fn start(name: &str, script: &str, stderr: Stdio) -> Output {
    let cargo = cargo(name, script);
    let mut command = Command::new(env!("CARGO_BIN_EXE_start"));
    command.arg("start").env("CARGO", &cargo).stdout(Stdio::piped()).stderr(stderr);
    let output = command.spawn().expect("it starts").wait_with_output().expect("it ends");
    fs::remove_file(cargo).expect("it is there");
    output
}

/// Both ends of a terminal of so many columns.
fn terminal(columns: u16) -> (OwnedFd, OwnedFd) {
    let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&keyboard).and_then(|()| unlockpt(&keyboard)).expect("it can be opened");
    let name = ptsname(&keyboard, Vec::new()).expect("it has a name");
    let screen = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty());
    let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&keyboard, size).expect("it has a size");
    (keyboard, screen.expect("it opens"))
}

#[test]
fn a_bar_is_as_wide_as_the_terminal_at_most() {
    for (columns, width) in [(30, 30), (40, 40), (200, 72), (0, 72)] {
        let (_keyboard, screen) = terminal(columns);
        let output = start("wide", "echo \"$@\"", screen.into());
        assert_eq!(output.status.code(), Some(2), "what was built is run");
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            format!(
                "build --quiet --package start --config term.progress.when='always' \
                 --config term.progress.width={width}\n"
            )
        );
    }
}

#[test]
fn there_is_no_bar_in_a_file() {
    let output = start("file", "echo \"$@\"", Stdio::piped());
    assert_eq!(String::from_utf8_lossy(&output.stdout), "build --quiet --package start\n");
}

#[test]
fn a_build_that_fails_is_the_end() {
    let output = start("fails", "exit 101", Stdio::piped());
    assert_eq!(output.status.code(), Some(101));
    assert!(output.stderr.is_empty(), "nothing is run");
}

/// A clone in which nothing is built yet, with a copy of this program where cargo would put it.
struct Fresh(PathBuf);

impl Fresh {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let root = root.join(format!("{name}-{}", std::process::id()));
        let lesson = root.join("lessons/01-generators");
        fs::create_dir_all(&lesson).expect("it is made");
        fs::create_dir_all(root.join("debug")).expect("it is made");
        let manifest = "[package]\nname = \"lesson-01-generators\"\n";
        fs::write(lesson.join("Cargo.toml"), manifest).expect("it is written");
        fs::hard_link(env!("CARGO_BIN_EXE_start"), root.join("debug/start")).expect("it is linked");
        Self(root)
    }

    /// Cargo is a script that makes a program of the package that it is to build, which says where
    /// it is run.
    fn start(&self, arguments: &[&str]) -> String {
        let made = self.0.join("debug");
        let program = cargo("program", "echo \"$(basename $0) in $PWD: $*\"");
        let script = format!("cp {} {}/$4", program.display(), made.display());
        let cargo = cargo("cargo", &script);
        let mut command = Command::new(self.0.join("debug/start"));
        command.args(arguments).env("CARGO", &cargo);
        command.env("CARGO_MANIFEST_DIR", self.0.join("course/start"));
        let output = command.output().expect("it starts");
        fs::remove_file(cargo).expect("it is there");
        String::from_utf8_lossy(&output.stdout)
            .replace(self.0.to_str().expect("it is text"), "ROOT")
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_first_lesson_does_not_wait_for_the_command_line() {
    for name in ["1", "01", "generators"] {
        let fresh = Fresh::new("fresh");
        let said = fresh.start(&["course", "lesson", name]);
        assert!(said.starts_with("lesson-01-generators in "), "{said}");
        assert!(said.ends_with("ROOT: \n"), "it is run in the root: {said}");
        assert!(!fresh.0.join("debug/course").exists(), "the command line was built first");
    }
}

#[test]
fn everything_else_is_the_command_lines() {
    let all: [&[&str]; 5] = [
        &["course", "lesson", "2"],
        &["course", "lesson", "generator"],
        &["course", "lesson", "1", "--timeline", "text"],
        &["course", "lesson"],
        &["course", "check", "1.1"],
    ];
    for arguments in all {
        let said = Fresh::new("other").start(arguments);
        let words = arguments[1..].join(" ");
        assert!(
            said.starts_with("course in ") && said.ends_with(&format!(": {words}\n")),
            "{said}"
        );
    }
    // And so is a lesson, once it is built.
    let fresh = Fresh::new("built");
    fresh.start(&["course", "list"]);
    assert!(fresh.start(&["course", "lesson", "1"]).starts_with("course in "));
}
