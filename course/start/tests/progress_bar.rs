//! Cargo's progress bar is for a terminal only, and not wider than it. A script stands in for cargo, and prints what it is
//! asked for; then this program is started a second time, as what was built, and says that it was asked for nothing.
#![cfg(unix)]

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn cargo(name: &str, script: &str) -> PathBuf {
    let path =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("it is written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
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
