//! What is judged is what the files say now, whatever their times are.

mod common;

use common::{ADD, Course, DOUBLE, RIGHT, SUMS};
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

const WRONG: &str = "pub fn add(_: i32, _: i32) -> i32 {\n    unimplemented!()\n}\n";

/// Moves a file over another, as `mv` does: the time stays.
#[track_caller]
fn move_over(course: &Course, from: &str, to: &str) {
    fs::rename(course.path(from), course.path(to)).expect("it can be moved");
}

/// Gives a file a time that is older than everything that was built.
#[track_caller]
fn age(path: &Path) {
    set_time(path, SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000));
}

#[track_caller]
fn set_time(path: &Path, time: SystemTime) {
    let file = File::options().append(true).open(path).expect("it is there");
    file.set_modified(time).expect("its time can be set");
}

/// Writes an answer that looks old, beside the present one, and moves it there.
#[track_caller]
fn restore(course: &Course, to: &str, text: &str) {
    let beside = format!("{to}.restored");
    course.write(&beside, text);
    age(&course.path(&beside));
    move_over(course, &beside, to);
}

#[test]
fn a_backup_that_is_moved_back_is_judged_in_both_directions() {
    for (first, second, passes) in [(RIGHT, WRONG, true), (WRONG, RIGHT, false)] {
        let course = Course::new();
        course.answer(first);
        course.run(&["check", "1.1"]).code(i32::from(!passes));
        course.run(&["reset", "1.1"]).code(0);
        course.answer(second);
        course.run(&["check", "1.1"]).code(i32::from(passes));
        move_over(&course, &format!("{ADD}/answer.backup-1.rs"), &format!("{ADD}/answer.rs"));
        course.run(&["check", "1.1"]).code(i32::from(!passes));
    }
}

#[test]
fn a_copy_that_keeps_its_time_is_judged() {
    let course = Course::new();
    let answer = format!("{ADD}/answer.rs");
    for text in [RIGHT, WRONG, RIGHT, RIGHT, WRONG] {
        // Written in place, with a time that never changes.
        course.write(&answer, text);
        age(&course.path(&answer));
        course.run(&["check", "1.1"]).code(i32::from(text == WRONG));
    }
}

#[test]
fn a_file_with_a_time_in_the_future_is_judged() {
    let course = Course::new();
    let answer = format!("{ADD}/answer.rs");
    for text in [RIGHT, WRONG, RIGHT] {
        course.write(&answer, text);
        set_time(&course.path(&answer), SystemTime::now() + Duration::from_secs(1_000_000));
        course.run(&["check", "1.1"]).code(i32::from(text == WRONG));
        restore(&course, &answer, if text == RIGHT { WRONG } else { RIGHT });
        course.run(&["check", "1.1"]).code(i32::from(text == RIGHT));
    }
}

#[test]
fn a_file_that_may_not_be_written_is_judged_and_its_time_stays() {
    let course = Course::new();
    let answer = format!("{ADD}/answer.rs");
    course.answer(RIGHT);
    course.run(&["check", "1.1"]).code(0);
    restore(&course, &answer, WRONG);
    let path = course.path(&answer);
    let before = fs::metadata(&path).expect("it is there");
    let mut closed = before.permissions();
    closed.set_readonly(true);
    fs::set_permissions(&path, closed).expect("they can be set");
    course.run(&["check", "1.1"]).code(1);
    let after = fs::metadata(&path).expect("it is there");
    assert_eq!(after.modified().ok(), before.modified().ok(), "an editor would ask about it");
    fs::set_permissions(&path, before.permissions()).expect("they can be set");
}

#[test]
fn answers_that_change_places_are_judged() {
    let course = Course::new();
    let double = "pub fn double(a: i32) -> i32 {\n    2 * a\n}\n";
    let both = |wrong: &str| format!("{wrong}\n{double}");
    // Each fits both exercises; one adds, and the other does not.
    let (answer, other) = (format!("{ADD}/answer.rs"), format!("{DOUBLE}/answer.rs"));
    course.write(&answer, &both(RIGHT));
    course.write(&other, &both(WRONG));
    course.run(&["check", "1.1"]).code(0);
    course.run(&["check", "1.2"]).code(0);
    for code in [1, 0, 1] {
        move_over(&course, &answer, "kept.rs");
        move_over(&course, &other, &answer);
        move_over(&course, "kept.rs", &other);
        course.run(&["check", "1.1"]).code(code);
        course.run(&["check", "1.2"]).code(0);
    }
}

#[test]
fn folders_that_change_places_are_judged() {
    let course = Course::new();
    course.answer(WRONG);
    course.run(&["check", "1.1"]).code(1);
    let copied =
        Command::new("cp").arg("-Rp").arg(course.path(ADD)).arg(course.path("kept")).status();
    if !copied.is_ok_and(|status| status.success()) {
        return;
    }
    course.answer(RIGHT);
    course.run(&["check", "1.1"]).code(0);
    move_over(&course, ADD, "right");
    move_over(&course, "kept", ADD);
    course.run(&["check", "1.1"]).code(1);
    move_over(&course, ADD, "kept");
    move_over(&course, "right", ADD);
    course.run(&["check", "1.1"]).code(0);
}

#[test]
fn what_the_answer_takes_in_is_judged_too() {
    let course = Course::new();
    course.answer(
        "#[path = \"helper.rs\"]\nmod helper;\n\npub fn add(a: i32, b: i32) -> i32 {\n    \
         a + b + helper::MORE + include!(\"more.in\")\n}\n",
    );
    let (helper, more) = (format!("{ADD}/helper.rs"), format!("{ADD}/more.in"));
    let constant = |value: i32| format!("pub const MORE: i32 = {value};\n");
    course.write(&helper, &constant(0));
    course.write(&more, "0");
    course.run(&["check", "1.1"]).code(0);
    restore(&course, &helper, &constant(1));
    course.run(&["check", "1.1"]).code(1);
    restore(&course, &more, "-1");
    course.run(&["check", "1.1"]).code(0);
}

#[test]
fn a_cargo_of_ones_own_in_between_changes_nothing() {
    let course = Course::new();
    let build = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([
            "test",
            "--no-run",
            "--quiet",
            "--package",
            "lesson-01-exercises",
            "--test",
            "add",
        ]);
        cargo.current_dir(&course.root).env("CARGO_TARGET_DIR", course.path("target"));
        assert!(cargo.output().expect("cargo runs").status.success());
    };
    let answer = format!("{ADD}/answer.rs");
    course.answer(RIGHT);
    // The first is built past us, and so is the second, whose time is newer.
    build();
    restore(&course, &answer, WRONG);
    course.run(&["check", "1.1"]).code(1);
    course.answer(RIGHT);
    build();
    restore(&course, &answer, WRONG);
    course.run(&["check", "1.1"]).code(1);
    course.answer(RIGHT);
    build();
    course.run(&["check", "1.1"]).code(0);
}

#[test]
fn a_lessons_program_is_the_one_that_is_there() {
    let course = Course::new();
    let main = format!("{SUMS}/src/main.rs");
    let program = |word: &str| format!("fn main() {{\n    println!(\"{word}\");\n}}\n");
    course.run(&["lesson", "1"]).code(0).says("this is sums");
    for word in ["older", "oldest"] {
        restore(&course, &main, &program(word));
        course.run(&["lesson", "1"]).code(0).says(word);
    }
}

#[test]
fn what_an_answer_is_built_on_is_the_one_that_is_there() {
    let course = Course::new();
    let (exercises, library) =
        (format!("{SUMS}/exercises/Cargo.toml"), format!("{SUMS}/src/lib.rs"));
    let dependency =
        "[dependencies]\nsums = { package = \"lesson-01-sums\", path = \"..\" }\n\n[lints]";
    course.change(&exercises, "[lints]", dependency);
    course.change(
        &format!("{SUMS}/Cargo.toml"),
        "[package.metadata.course]",
        "[lib]\nname = \"sums\"\n\n[package.metadata.course]",
    );
    let sum = |more: i32| format!("pub fn sum(a: i32, b: i32) -> i32 {{\n    a + b + {more}\n}}\n");
    course.write(&library, &sum(0));
    course.answer("pub fn add(a: i32, b: i32) -> i32 {\n    sums::sum(a, b)\n}\n");
    course.run(&["check", "1.1"]).code(0);
    restore(&course, &library, &sum(1));
    course.run(&["check", "1.1"]).code(1);
    restore(&course, &library, &sum(0));
    course.run(&["check", "1.1"]).code(0);
}

#[test]
fn what_is_there_already_is_not_built_again() {
    let course = Course::new();
    course.answer(RIGHT);
    course.run(&["check", "1.1"]).code(0);
    let deps = course.path("target/debug/deps");
    let times = || {
        let entries = fs::read_dir(&deps).expect("it was built").flatten();
        let mut times: Vec<_> = entries
            .map(|entry| (entry.path(), entry.metadata().and_then(|about| about.modified()).ok()))
            .collect();
        times.sort();
        times
    };
    let before = times();
    course.run(&["check", "1.1"]).code(0);
    assert_eq!(times(), before);
}
