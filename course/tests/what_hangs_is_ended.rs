//! Nothing that `check` starts outlives it: not what hangs, not what it started, not after Ctrl-C.

#![cfg(unix)]

mod common;

use common::{ADD, Course, DOUBLE, Lifeline, finish};
use std::process::{Child, Command};

/// An answer to `double`, which has a single check, so that a single process connects.
fn hanging(lifeline: &Lifeline) -> String {
    let body = r#"
pub fn double(_: i32) -> i32 {
    let held = std::os::fd::OwnedFd::from(hold());
    println!("about to hang");
    // A child that holds the connection too, and threads that never end.
    let _child = std::process::Command::new("sleep").arg("1000").stdin(held).spawn();
    for _ in 0..3 {
        std::thread::spawn(|| loop {
            std::thread::park();
        });
    }
    loop {
        std::thread::park();
    }
}
"#;
    body.to_owned() + &lifeline.code()
}

fn interrupt(child: &Child, signal: &str) {
    let sent = Command::new("kill").arg(signal).arg(child.id().to_string()).status();
    assert!(sent.expect("`kill` is there").success());
}

#[test]
fn an_answer_that_hangs_is_ended_with_all_that_it_started() {
    let course = Course::new();
    let lifeline = Lifeline::new();
    course.change(
        "lessons/01-sums/exercises/Cargo.toml",
        "[package.metadata.course.double]",
        "[package.metadata.course.double]\nlimit-seconds = 1",
    );
    course.write(&format!("{DOUBLE}/answer.rs"), &hanging(&lifeline));
    course
        .run(&["check", "1.2"])
        .code(124)
        .says("did not finish within 1 s and was ended")
        .says("| about to hang")
        .says("0 of 1 check pass");
    lifeline.held().must_end();
}

#[test]
fn after_one_that_hangs_no_other_is_tried() {
    let course = Course::new();
    course.change(
        "lessons/01-sums/exercises/Cargo.toml",
        "minutes = 10",
        "minutes = 10\nlimit-seconds = 1",
    );
    let more = "\n#[test]\nfn a_third() {\n    answer::add(0, 0);\n}\n";
    course.write(&format!("{ADD}/check.rs"), &(course.read(&format!("{ADD}/check.rs")) + more));
    course.answer(
        "pub fn add(_: i32, _: i32) -> i32 {\n    loop {\n        std::thread::park();\n    }\n}\n",
    );
    course.run(&["check", "1.1"]).code(124).says("· a third").says("One was not run");
}

#[test]
fn after_two_that_a_watchdog_gave_up_on_no_other_is_tried() {
    let course = Course::new();
    // Stands for `shared::probe::watchdog`, which this course does not have, and does not wait.
    let check = "#[rustfmt::skip]\nmod answer;\n\nfn gives_up() {\n    assert!(answer::add(1, 1) == 2, \
                 \"`add` blocks: it has not returned within 5s. And so on\");\n}\n";
    let tests = ["first", "second", "third", "fourth", "fifth"]
        .map(|name| format!("\n#[test]\nfn {name}() {{\n    gives_up();\n}}\n"));
    course.write(&format!("{ADD}/check.rs"), &(check.to_owned() + &tests.concat()));
    course.answer("pub fn add(_: i32, _: i32) -> i32 {\n    0\n}\n");
    // Two run side by side: of five, one may have begun before the second verdict.
    course
        .run(&["check", "1.1"])
        .code(1)
        .says("blocks: it has not returned within 5s")
        .says("· fifth")
        .says("0 of 5 checks pass.")
        .says("not run, because checks before");
}

#[test]
fn ctrl_c_ends_what_runs() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let course = Course::new();
        let lifeline = Lifeline::new();
        course.change(
            "lessons/01-sums/exercises/Cargo.toml",
            "[package.metadata.course.double]",
            "[package.metadata.course.double]\nlimit-seconds = 1000",
        );
        course.write(&format!("{DOUBLE}/answer.rs"), &hanging(&lifeline));
        let child = course.command(&["check", "1.2"]).spawn().expect("course starts");
        let held = lifeline.held();
        interrupt(&child, signal);
        finish(child).code(code);
        held.must_end();
    }
}

#[test]
fn a_child_that_outlives_a_right_answer_is_ended_and_does_not_hold_up_the_verdict() {
    let course = Course::new();
    let lifeline = Lifeline::new();
    // The child inherits standard output: a reader that waits for the pipe's end would wait for it.
    let body = r#"
pub fn double(a: i32) -> i32 {
    let held = std::os::fd::OwnedFd::from(hold());
    let _child = std::process::Command::new("sleep").arg("1000").stdin(held).spawn();
    2 * a
}
"#;
    course.write(&format!("{DOUBLE}/answer.rs"), &(body.to_owned() + &lifeline.code()));
    course.run(&["check", "1.2"]).code(0).says("sums/double is done");
    lifeline.held().must_end();
}

#[test]
fn a_compiler_that_hangs_is_ended_by_ctrl_c() {
    let course = Course::new();
    let lifeline = Lifeline::new();
    // A build script stands for anything that hangs while cargo builds.
    let script = "fn main() {\n    let _held = hold();\n    loop {\n        std::thread::park();\n    }\n}\n";
    course.write("lessons/01-sums/exercises/build.rs", &(script.to_owned() + &lifeline.code()));
    course.answer(common::RIGHT);
    let child = course.command(&["check", "1.1"]).spawn().expect("course starts");
    let held = lifeline.held();
    interrupt(&child, "-INT");
    finish(child).code(130);
    held.must_end();
}
