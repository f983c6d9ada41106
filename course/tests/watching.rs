//! `watch` checks what is being edited at every save, and ends well by Ctrl-C.

#![cfg(unix)]

mod common;

use common::{ADD, Course, DOUBLE, Lifeline, RIGHT, SHOUT};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command};
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// The lines that a process prints, as they come.
fn lines(child: &mut Child) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
    thread::spawn(move || {
        for line in stdout.lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

#[track_caller]
fn wait_for(lines: &Receiver<String>, words: &str) {
    loop {
        match lines.recv_timeout(common::LIMIT) {
            Ok(line) if line.contains(words) => return,
            Ok(_) => {}
            Err(error) => panic!("`{words}` never came: {error}"),
        }
    }
}

#[test]
fn an_older_file_that_is_moved_back_is_checked() {
    let course = Course::new();
    let (answer, backup) = (format!("{ADD}/answer.rs"), format!("{ADD}/answer.backup-1.rs"));
    // Older than what is built of the wrong answer, and right.
    course.write(&backup, RIGHT);
    course.answer("pub fn add(_: i32, _: i32) -> i32 {\n    0\n}\n");
    let mut child = course.command(&["watch"]).spawn().expect("course starts");
    let lines = lines(&mut child);
    wait_for(&lines, "one and one is not two");
    wait_for(&lines, "waiting for a save");
    std::fs::rename(course.path(&backup), course.path(&answer)).expect("it can be moved");
    wait_for(&lines, "sums/add is done");
    child.kill().expect("it can be ended");
    common::wait(&mut child);
}

#[test]
fn every_save_is_checked_and_ctrl_c_ends_it_well() {
    let course = Course::new();
    let mut child = course.command(&["watch"]).spawn().expect("course starts");
    let lines = lines(&mut child);
    wait_for(&lines, "1.1 sums/add");
    wait_for(&lines, "red on purpose");
    wait_for(&lines, "waiting for a save");

    course.answer("pub fn add(a: i32, b: i32) -> i32 {\n    a - b\n}\n");
    wait_for(&lines, "one and one is not two");
    wait_for(&lines, "waiting for a save");

    course.answer(RIGHT);
    wait_for(&lines, "sums/add is done");
    wait_for(&lines, "waiting for a save");

    // Another exercise is followed without being named.
    course.write(&format!("{SHOUT}/answer.rs"), &course.read(&format!("{SHOUT}/solution.rs")));
    wait_for(&lines, "words/shout is done");
    wait_for(&lines, "waiting for a save");

    // An editor that writes beside and renames makes the file vanish for a moment.
    std::fs::remove_file(course.path(&format!("{ADD}/answer.rs"))).expect("it is there");
    course.answer("pub fn add(_: i32, _: i32) -> i32 {\n    0\n}\n");
    wait_for(&lines, "one and one is not two");

    let sent = Command::new("kill").arg("-INT").arg(child.id().to_string()).status();
    assert!(sent.expect("`kill` is there").success());
    assert_eq!(common::wait(&mut child), Some(0));
}

#[test]
fn all_that_is_saved_is_checked_also_what_is_saved_during_a_check() {
    let course = Course::new();
    let lifeline = Lifeline::new();
    let mut child = course.command(&["watch", "1.2"]).spawn().expect("course starts");
    let lines = lines(&mut child);
    wait_for(&lines, "waiting for a save");

    // This check goes on until it is let go.
    let holds = format!(
        "pub fn add(a: i32, b: i32) -> i32 {{\n    use std::io::Read;\n    let _ = hold().read(&mut [0]);\n    a + b\n}}\n{}",
        lifeline.code()
    );
    course.answer(&holds);
    let first = lifeline.held();
    for folder in [DOUBLE, SHOUT] {
        course
            .write(&format!("{folder}/answer.rs"), &course.read(&format!("{folder}/solution.rs")));
    }
    drop((first, lifeline));
    wait_for(&lines, "sums/double is done");
    wait_for(&lines, "words/shout is done");
    wait_for(&lines, "waiting for a save");

    let sent = Command::new("kill").arg("-INT").arg(child.id().to_string()).status();
    assert!(sent.expect("`kill` is there").success());
    assert_eq!(common::wait(&mut child), Some(0));
}
