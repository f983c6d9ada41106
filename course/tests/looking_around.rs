//! The commands that only show: plain text in a pipe, from any folder below the root.

mod common;

use common::{ADD, Course, SUMS, finish};
use snapbox::{assert_data_eq, str};
use std::fs;
use std::io::{BufRead, BufReader};

#[test]
fn the_list_is_a_table_of_contents() {
    let course = Course::new();
    let ran = course.run(&["list"]).code(0);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
 1  sums     5 min  0 of 2 done
    One and one is two.
 2  words    5 min  0 of 1 done
    Louder is not better.

"#]]
    );
}

#[test]
fn a_task_says_what_to_edit_and_what_to_run() {
    let course = Course::new();
    let ran = course.run(&["exercise", "1.1"]).code(0);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
# Do it
...
time    about 10 minutes
edit    lessons/01-sums/exercises/1-add/answer.rs
read    lessons/01-sums/exercises/1-add/check.rs   what is checked
run     cargo course check 1.1
stuck?  cargo course hint 1.1

"#]]
    );
    assert_eq!(course.read(&format!("{ADD}/answer.rs")), course.read(&format!("{ADD}/starter.rs")));
}

#[test]
fn it_works_from_any_folder_of_the_course() {
    let course = Course::new();
    let mut command = course.command(&["exercise", "1.1"]);
    command.current_dir(course.path(SUMS));
    finish(command.spawn().expect("course starts"))
        .code(0)
        .says("edit    exercises/1-add/answer.rs");
}

#[test]
fn a_lessons_exercises_are_listed_with_their_commands() {
    let course = Course::new();
    let ran = course.run(&["exercise", "sums"]).code(0);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
1 sums  One and one is two.
  · 1.1  add     10 min  cargo course exercise 1.1
  · 1.2  double          cargo course exercise 1.2

"#]]
    );
}

#[test]
fn colour_is_only_for_those_who_ask() {
    let course = Course::new();
    assert!(!course.run(&["list"]).stdout.contains('\u{1b}'));
    let mut command = course.command(&["list"]);
    command.env("CLICOLOR_FORCE", "1");
    assert!(finish(command.spawn().expect("course starts")).stdout.contains('\u{1b}'));
}

#[test]
fn colour_that_cargo_is_denied_is_denied_to_us() {
    let course = Course::new();
    for arguments in [&["list"][..], &["--help"], &["frobnicate"]] {
        let mut command = course.command(arguments);
        command.env("CLICOLOR_FORCE", "1").env("CARGO_TERM_COLOR", "never");
        finish(command.spawn().expect("course starts")).never_says("\u{1b}");
    }
}

#[test]
fn letters_stand_in_for_ticks_where_the_locale_has_none() {
    let course = Course::new();
    let mut command = course.command(&["exercise", "1"]);
    command.env("LANG", "C");
    finish(command.spawn().expect("course starts")).code(0).says("  -      1.1  add");
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let course = Course::new();
    let mut child = course.command(&["exercise", "1.1"]).spawn().expect("course starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line comes");
    assert_eq!(line, "# Do it\n");
    drop(stdout);
    let ran = finish(child).code(0);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_folder_that_cannot_be_read_is_named_and_the_others_work() {
    let course = Course::new();
    course.write("lessons/02-words/Cargo.toml", "[package\n");
    let ran = course.run(&["list"]).code(0).says(" 1  sums").tells("left out: lesson 2");
    assert!(!ran.stdout.contains("words"));
}

#[test]
fn a_course_in_good_order_has_a_healthy_doctor() {
    let course = Course::new();
    course
        .run(&["doctor"])
        .code(0)
        .says("Rust: rustc 1.")
        .says("linker: builds and runs a program");
}

#[test]
fn the_doctor_names_a_toolchain_that_is_too_old() {
    let course = Course::new();
    course.change("Cargo.toml", "rust-version = \"1.85\"", "rust-version = \"1.9999\"");
    course
        .run(&["doctor"])
        .code(3)
        .says("is too old, the course needs 1.9999: run `rustup update stable`");
}

#[test]
fn a_machine_without_cargo_is_told_how_to_get_it() {
    let course = Course::new();
    let without_cargo = |arguments: &[&str]| {
        let mut command = course.command(arguments);
        command.env("PATH", "").env_remove("CARGO").env_remove("RUSTC");
        finish(command.spawn().expect("course starts")).code(3)
    };
    without_cargo(&["lesson", "1"]).tells("install Rust from https://rustup.rs");
    without_cargo(&["doctor"]).says("install Rust from https://rustup.rs");
}

#[test]
fn the_doctor_names_settings_that_make_a_panic_the_end() {
    let course = Course::new();
    for (name, value) in [("RUSTFLAGS", "-Cpanic=abort"), ("CARGO_PROFILE_DEV_PANIC", "abort")] {
        let mut command = course.command(&["doctor"]);
        command.env(name, value);
        finish(command.spawn().expect("course starts"))
            .code(3)
            .says("your settings say panic = \"abort\"")
            .says(&format!("`{name}={value}`"))
            .never_says("C compiler");
    }
}

#[test]
fn the_doctor_names_a_compiler_that_is_not_there() {
    let course = Course::new();
    for name in ["RUSTC_WRAPPER", "RUSTC", "RUSTC_WORKSPACE_WRAPPER", "CARGO_BUILD_RUSTC_WRAPPER"] {
        let mut command = course.command(&["doctor"]);
        command.env(name, "/nowhere/sccache");
        finish(command.spawn().expect("course starts"))
            .code(3)
            .says(&format!("unset it, or install what it names: `{name}=/nowhere/sccache`"))
            .never_says("C compiler")
            .never_says("rustup.rs");
    }
}

#[test]
fn the_doctor_names_a_progress_file_that_cannot_be_read() {
    let course = Course::new();
    course.write(".course/progress", "sums/add passed\n%%%\n");
    course.run(&["doctor"]).code(3).says("line 2 of `.course/progress` makes no sense: `%%%`");
    fs::remove_file(course.path(".course/progress")).expect("it is there");
    fs::create_dir(course.path(".course/progress")).expect("it is made");
    course.run(&["doctor"]).code(3).says("`.course/progress` is not a file");
}

/// Files can be made, but not filled.
#[cfg(unix)]
#[test]
fn the_doctor_notices_a_full_disk() {
    let course = Course::new();
    finish(common::on_a_full_disk(&course, &["doctor"]).spawn().expect("sh starts"))
        .code(3)
        .says("write access here: cannot write to")
        .says("if the disk is full, make room");
}

/// A script stands in for cargo, and keeps what it is asked for.
#[cfg(unix)]
#[test]
fn the_bar_of_a_build_is_as_wide_as_the_terminal_and_not_in_a_file() {
    use std::os::unix::fs::PermissionsExt;
    let course = Course::new();
    let (cargo, asked) = (course.path("cargo.sh"), course.path("asked"));
    course.write("cargo.sh", &format!("#!/bin/sh\necho \"$@\" >>'{}'\nexit 1\n", asked.display()));
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let asked_for = |command: &mut std::process::Command| {
        let _ = fs::remove_file(&asked);
        finish(command.env("CARGO", &cargo).spawn().expect("course starts")).code(1);
        fs::read_to_string(&asked).expect("cargo was asked")
    };
    let words = asked_for(&mut course.command(&["lesson", "1"]));
    assert!(!words.contains("term.progress"), "{words}");
    for (columns, width) in [(40, 40), (200, 72), (0, 72)] {
        let (_keyboard, screen) = common::terminal(columns);
        let words = asked_for(course.command(&["lesson", "1"]).stderr(screen));
        assert!(
            words.contains(&format!("term.progress.width={width}\n"))
                || words.contains(&format!("term.progress.width={width} ")),
            "{words}"
        );
    }
}
