//! What else lies in `lessons`, and where cargo builds: a folder of an editor or a copied lesson
//! harms nothing.

mod common;

use common::{ADD, Course, RIGHT, SUMS, finish};
use std::fs;
use std::path::Path;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("it is made");
    for entry in fs::read_dir(from).expect("it is there") {
        let entry = entry.expect("it is read");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("it is copied");
        }
    }
}

#[test]
fn a_folder_that_is_no_lesson_stops_nothing() {
    let course = Course::new();
    for folder in [".idea", ".vscode", "notes", "02-words/notes", "empty/src"] {
        fs::create_dir_all(course.path(&format!("lessons/{folder}"))).expect("it is made");
    }
    course.answer(RIGHT);
    assert_eq!(course.run(&["list"]).code(0).stderr, "");
    course.run(&["check", "1.1"]).code(0);
    course.run(&["lesson", "1"]).code(0).says("this is sums");
    course.run(&["doctor"]).code(0);
}

#[test]
fn what_another_branch_has_left_is_named_and_stops_nothing() {
    let course = Course::new();
    course.write("lessons/09-gone/exercises/1-x/answer.rs", "// mine\n");
    for arguments in [&["list"][..], &["lesson", "1"], &["doctor"]] {
        course
            .run(arguments)
            .code(0)
            .tells("`lessons/09-gone` has no Cargo.toml")
            .tells("move what you need out of it");
    }
}

#[test]
fn a_copied_lesson_is_named_and_stops_nothing() {
    let course = Course::new();
    for name in ["01-sums copy", "00-sums", "01-a-sums", "01-sums-old"] {
        let to = course.path("lessons").join(name);
        copy(&course.path(SUMS), &to);
        course.answer(RIGHT);
        for arguments in [&["list"][..], &["check", "1.1"], &["lesson", "sums"], &["doctor"]] {
            course
                .run(arguments)
                .code(0)
                .tells(&format!("`lessons/{name}` is a copy of `lessons/01-sums`"))
                .tells("move the copy out of `lessons`");
        }
        fs::remove_dir_all(to).expect("it is there");
    }
    assert!(course.path(ADD).is_dir());
}

#[test]
fn a_lesson_that_the_workspace_does_not_name_is_told_what_is_missing() {
    let course = Course::new();
    course.write(
        "lessons/03-new/Cargo.toml",
        "[package]\nname = \"lesson-03-new\"\nversion = \"0.1.0\"\n",
    );
    course
        .run(&["list"])
        .code(0)
        .tells("`lessons/03-new` is not named in the `members` of Cargo.toml");
}

/// Cargo would refuse the whole workspace for one folder that a pattern matches by mistake.
#[test]
fn the_real_workspace_names_every_lesson_and_matches_none() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in the workspace");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("it is there");
    let workspace: toml::Table = manifest.parse().expect("it is TOML");
    let list = |key: &str| -> Vec<String> {
        let list = workspace["workspace"][key].as_array().expect("it is a list");
        list.iter().map(|one| one.as_str().expect("it is a text").to_owned()).collect()
    };
    let (members, default) = (list("members"), list("default-members"));
    assert!(members.iter().chain(&default).all(|member| !member.contains('*')));
    for entry in fs::read_dir(root.join("lessons")).expect("it is there") {
        let path = entry.expect("it is read").path();
        let shown = format!("lessons/{}", path.file_name().expect("it has a name").display());
        if path.join("Cargo.toml").exists() {
            assert!(members.contains(&shown) && default.contains(&shown), "{shown} is not named");
            let exercises = format!("{shown}/exercises");
            let has = path.join("exercises/Cargo.toml").exists();
            assert_eq!(has, members.contains(&exercises), "{exercises}");
        }
    }
}

#[test]
fn a_relative_build_folder_is_where_cargo_would_put_it() {
    let course = Course::new();
    course.answer(RIGHT);
    for name in ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"] {
        let mut command = course.command(&["check", "1.1"]);
        command.current_dir(course.path(SUMS));
        command.env_remove("CARGO_TARGET_DIR").env(name, "built");
        finish(command.spawn().expect("course starts")).code(0);
        assert!(course.path(&format!("{SUMS}/built/debug")).is_dir(), "{name}");
        assert!(!course.path("built").exists(), "{name}");
        fs::remove_dir_all(course.path(&format!("{SUMS}/built"))).expect("it is there");
    }
}

#[test]
fn a_panic_that_ends_the_program_is_not_the_answers_fault() {
    let course = Course::new();
    course.answer(RIGHT);
    let mut command = course.command(&["check", "1.1"]);
    command.env("RUSTFLAGS", "-Cpanic=abort");
    finish(command.spawn().expect("course starts"))
        .code(3)
        .tells("your settings say panic = \"abort\"")
        .tells("`RUSTFLAGS=-Cpanic=abort`")
        .never_says("the answer does not compile");
}
