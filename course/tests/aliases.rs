//! `cargo course`, `cargo lesson` and `cargo book`, beside aliases of the same names in the user's
//! own configuration.

mod common;

use common::{Course, Ran};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A workspace with the course's own aliases, in which `start` prints what it is asked for.
fn course() -> Course {
    let course = Course::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in the workspace");
    let aliases = fs::read_to_string(root.join(".cargo/config.toml")).expect("it is there");
    course.write(".cargo/config.toml", &aliases);
    course.change("Cargo.toml", "members = [", "members = [\"start\",");
    course.write("start/Cargo.toml", "[package]\nname = \"start\"\nversion = \"0.1.0\"\n");
    course.write(
        "start/src/main.rs",
        "fn main() { println!(\"{:?}\", std::env::args().skip(1).collect::<Vec<_>>()); }\n",
    );
    course
}

fn cargo(course: &Course, home: &str, words: &[&str]) -> Ran {
    course.write("home/config.toml", home);
    let mut command = Command::new(env!("CARGO"));
    command.args(words).current_dir(course.path("lessons/01-sums"));
    command.env("CARGO_HOME", course.path("home")).env("CARGO_TARGET_DIR", course.path("target"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    common::finish(command.spawn().expect("cargo starts"))
}

#[test]
fn every_alias_says_what_to_build_and_to_run() {
    let course = course();
    for (words, started) in [
        (&["course", "check", "1.1"][..], r#"["course", "check", "1.1"]"#),
        (&["lesson", "3"], r#"["course", "lesson", "3"]"#),
        (&["book", "--open"], r#"["book", "build", "--open"]"#),
    ] {
        let ran = cargo(&course, "", words).code(0).says(started);
        assert_eq!(ran.stderr, "");
    }
}

#[test]
fn a_users_own_alias_gives_way_or_is_named() {
    let course = course();
    for name in ["course", "lesson", "book"] {
        let text = format!("[alias]\n{name} = \"check --quiet\"\n");
        cargo(&course, &text, &[name, "word"]).code(0).says("\"word\"]");
        let list = format!("[alias]\n{name} = [\"check\", \"--quiet\"]\n");
        let ran = cargo(&course, &list, &[name, "word"]);
        assert_ne!(ran.code, Some(0));
        ran.tells(&format!("failed to merge key `{name}` between")).tells("home/config.toml");
    }
}
