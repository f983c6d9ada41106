//! The program where fewer files may be open than it needs.
#![cfg(unix)]

use std::process::Command;

#[test]
fn too_few_files_may_be_open_and_it_says_what_to_do() {
    let program = env!("CARGO_BIN_EXE_lesson-08-reactor");
    let script = "ulimit -n 200 && exec \"$0\"";
    let output =
        Command::new("sh").args(["-c", script, program]).output().expect("there is a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    // As a sentence, and not as the error's fields.
    assert!(
        said.starts_with("this needs 2050 open files, and the hard limit is 200: raise it"),
        "{said}"
    );
}
