//! What the compiler refuses: moving what is pinned, and polling what is not.
//!
//! Its words change between versions, so they are compared under the version that the course is written for, and under no other.
//! None of the programs has an async block or a closure in a message: the compiler calls those by the path of their file, and words
//! a message otherwise where that path is long.
//! `TRYBUILD=overwrite cargo test --package lesson-04-pinning --test refused` accepts what it says now.

use std::process::Command;

/// `rust-version` of the workspace, to which the files `refused/*.stderr` belong.
const VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

#[test]
fn moving_what_is_pinned_does_not_compile() {
    let compiler = compiler();
    if !compiler.starts_with(&format!("rustc {VERSION}.")) {
        eprintln!("not compared: the messages are those of Rust {VERSION}, and this is {compiler}");
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/refused/*.rs");
}

fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("rustc runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
