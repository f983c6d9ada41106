//! What the compiler refuses: moving what is pinned, and polling what is not.
//!
//! Its words change between versions, so they are compared under the version that the course is
//! written for, and under no other. None of the programs has an async block or a closure in a
//! message: the compiler calls those by the path of their file, and words a message otherwise where
//! that path is long. `TRYBUILD=overwrite cargo test --package lesson-04-pinning --test refused`
//! accepts what it says now.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// `rust-version` of the workspace, to which the files `refused/*.stderr` belong.
const VERSION: &str = env!("CARGO_PKG_RUST_VERSION");
/// Set in the process in which trybuild runs.
const INNER: &str = "REFUSED_INNER";

#[test]
fn moving_what_is_pinned_does_not_compile() {
    let compiler = compiler();
    if !compiler.starts_with(&format!("rustc {VERSION}.")) {
        eprintln!("not compared: the messages are those of Rust {VERSION}, and this is {compiler}");
        return;
    }
    if env::var_os(INNER).is_some() {
        trybuild::TestCases::new().compile_fail("tests/refused/*.rs");
        return;
    }
    let folder = folder("compared");
    let this = env::current_exe().expect("this test is a program");
    let inner = Command::new(this)
        .args(["--exact", "moving_what_is_pinned_does_not_compile", "--nocapture"])
        .envs([(INNER, "yes".as_ref()), ("CARGO", plain_cargo(&folder).as_os_str())])
        .env("PLAIN_CARGO", env!("CARGO"))
        .status();
    fs::remove_dir_all(folder).expect("it is ours");
    assert!(inner.expect("it starts").success(), "what it says is above");
}

#[test]
fn a_users_own_flags_as_a_text_are_no_reason_to_fail() {
    let folder = folder("flags");
    let plain = plain_cargo(&folder);
    let home = folder.join("home");
    fs::create_dir_all(&home).expect("a folder can be made");
    fs::write(home.join("config.toml"), "[build]\nrustflags = \"-Cdebuginfo=0\"\n")
        .expect("it is written");
    let works = |cargo: &Path| {
        let mut command = Command::new(cargo);
        command.args([
            "--config=build.rustflags=[\"--cfg\", \"trybuild\"]",
            "metadata",
            "--no-deps",
        ]);
        command.args(["--format-version=1", "--offline"]);
        command.env("CARGO_HOME", &home).env("PLAIN_CARGO", env!("CARGO"));
        command.output().expect("it starts").status.success()
    };
    assert!(!works(Path::new(env!("CARGO"))), "cargo has learnt it: `plain_cargo` is not needed");
    assert!(works(&plain));
    fs::remove_dir_all(folder).expect("it is ours");
}

fn folder(name: &str) -> PathBuf {
    let name = format!("{name}-{}", std::process::id());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// A cargo that takes trybuild's flags where no configuration can be in their way.
fn plain_cargo(folder: &Path) -> PathBuf {
    let program = folder.join(format!("plain_cargo{}", env::consts::EXE_SUFFIX));
    let mut rustc = Command::new(rustc());
    rustc.args(["--edition=2024", "tests/refused/with/plain_cargo.rs", "-o"]).arg(&program);
    assert!(rustc.status().expect("rustc runs").success());
    program
}

fn rustc() -> std::ffi::OsString {
    env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())
}

fn compiler() -> String {
    let output = Command::new(rustc()).arg("--version").output().expect("rustc runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
