//! Nothing that an answer started outlives the command, however the command ends and wherever the
//! answer has put it; and what it takes of the machine's memory is limited.

#![cfg(target_os = "linux")]

mod common;

use common::{Course, DOUBLE, Lifeline, RIGHT, SUMS, finish};
use std::process::{Child, Command, Stdio};

/// An answer to `double` that starts `command` with the lifeline as its input, and then does
/// `rest`.
fn starting(lifeline: &Lifeline, command: &str, rest: &str) -> String {
    let body = format!(
        r#"
pub fn double(a: i32) -> i32 {{
    let held = std::os::fd::OwnedFd::from(hold());
    let _child = std::process::Command::new("sh").arg("-c").arg("{command}").stdin(held).spawn();
    {rest}
}}
"#
    );
    body + &lifeline.code()
}

/// In a session of its own, and without the parent that started it.
const DAEMON: &str = "exec 3<&0; setsid sh -c 'sleep 1000 & sleep 1000' & exit";
const HANG: &str = "loop { std::thread::park(); }";

/// Time is not what these tests are about.
fn long_limit(course: &Course) {
    let long = |path: String, table: &str| {
        course.change(&path, table, &format!("{table}\nlimit-seconds = 1000"));
    };
    long(format!("{SUMS}/exercises/Cargo.toml"), "[package.metadata.course.add]");
    long(format!("{SUMS}/exercises/Cargo.toml"), "[package.metadata.course.double]");
    long(format!("{SUMS}/Cargo.toml"), "[package.metadata.course]");
}

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill").arg(signal).arg(child.id().to_string()).status();
    assert!(sent.expect("`kill` is there").success());
}

#[test]
fn a_daemon_ends_with_the_verdict_and_does_not_hold_it_up() {
    let course = Course::new();
    let lifeline = Lifeline::new();
    course.write(&format!("{DOUBLE}/answer.rs"), &starting(&lifeline, DAEMON, "2 * a"));
    course.run(&["check", "1.2"]).code(0).says("sums/double is done");
    lifeline.held().must_have_ended();
}

#[test]
fn whatever_signal_ends_the_command_nothing_stays() {
    let signals = ["-QUIT", "-USR1", "-ALRM", "-KILL", "-INT", "-TERM", "-HUP"];
    let mut cases: Vec<_> = signals.map(|signal| (signal, DAEMON)).into();
    cases.extend([("-KILL", "exec sleep 1000"), ("-KILL", "exec setsid sleep 1000")]);
    for (signal, command) in cases {
        let course = Course::new();
        let lifeline = Lifeline::new();
        long_limit(&course);
        course.write(&format!("{DOUBLE}/answer.rs"), &starting(&lifeline, command, HANG));
        let mut command = course.command(&["check", "1.2"]);
        let mut child = command.spawn().expect("course starts");
        let held = lifeline.held();
        send(signal, &child);
        common::wait(&mut child);
        held.must_end();
    }
}

#[test]
fn a_signal_that_was_ignored_from_the_start_stays_ignored() {
    let course = Course::new();
    let lifeline = Lifeline::new();
    long_limit(&course);
    course.write(&format!("{DOUBLE}/answer.rs"), &starting(&lifeline, "exit", HANG));
    let mut command = course.command(&["check", "1.2"]);
    let mut child =
        common::with_signals(&mut command, libc::SIG_IGN).spawn().expect("course starts");
    let held = lifeline.held();
    ["-HUP", "-INT", "-TERM"].iter().for_each(|signal| send(signal, &child));
    assert_eq!(common::wait(&mut child), Some(128 + libc::SIGTERM));
    held.must_end();
}

#[test]
fn a_build_ends_with_the_command_too() {
    let course = Course::new();
    let lifeline = Lifeline::new();
    let script = "fn main() {\n    let _held = hold();\n    loop {\n        std::thread::park();\n    }\n}\n";
    course.write(&format!("{SUMS}/exercises/build.rs"), &(script.to_owned() + &lifeline.code()));
    course.answer(RIGHT);
    let mut child = course.command(&["check", "1.1"]).spawn().expect("course starts");
    let held = lifeline.held();
    send("-KILL", &child);
    common::wait(&mut child);
    held.must_end();
}

#[test]
fn an_answer_that_ends_its_supervisor_gains_nothing() {
    let course = Course::new();
    let lifeline = Lifeline::new();
    let rest = r#"
    std::thread::sleep(std::time::Duration::from_millis(50));
    let parent = std::os::unix::process::parent_id().to_string();
    let _ = std::process::Command::new("kill").arg("-KILL").arg(parent).status();
    loop { std::thread::park(); }"#;
    let answer = starting(&lifeline, "exec setsid sleep 1000", rest);
    course.write(&format!("{DOUBLE}/answer.rs"), &answer);
    course.run(&["check", "1.2"]).code(1).says("was killed from outside");
    lifeline.held().must_have_ended();
}

#[test]
fn an_answer_that_stops_its_supervisor_gains_nothing() {
    let course = Course::new();
    let lifeline = Lifeline::new();
    course.change(
        &format!("{SUMS}/exercises/Cargo.toml"),
        "[package.metadata.course.double]",
        "[package.metadata.course.double]\nlimit-seconds = 1",
    );
    let rest = r#"
    std::thread::sleep(std::time::Duration::from_millis(50));
    let parent = std::os::unix::process::parent_id().to_string();
    let _ = std::process::Command::new("kill").arg("-STOP").arg(parent).status();
    2 * a"#;
    let answer = starting(&lifeline, "exec setsid sleep 1000", rest);
    course.write(&format!("{DOUBLE}/answer.rs"), &answer);
    course.run(&["check", "1.2"]).code(124).says("did not finish within 1 s and was ended");
    lifeline.held().must_have_ended();
}

#[test]
fn memory_without_end_is_ended_and_told_in_words() {
    let course = Course::new();
    long_limit(&course);
    course.answer(
        "pub fn add(_: i32, _: i32) -> i32 {\n    let mut all: Vec<u64> = Vec::new();\n    \
         loop {\n        all.push(std::hint::black_box(7));\n    }\n}\n",
    );
    course.run(&["check", "1.1"]).code(1).says("ran out of memory: it took more than 1 GiB");
}

#[test]
fn a_childs_memory_counts_too() {
    let course = Course::new();
    long_limit(&course);
    // `tail` keeps a line that does not end.
    course.answer(
        "pub fn add(_: i32, _: i32) -> i32 {\n    let pipe = \"tail -n 1 /dev/zero\";\n    \
         let _ = std::process::Command::new(\"sh\").arg(\"-c\").arg(pipe).status();\n    0\n}\n",
    );
    course.run(&["check", "1.1"]).code(1).says("ran out of memory: it took more than 1 GiB");
}

#[test]
fn memory_that_the_system_refuses_is_told_in_words() {
    let course = Course::new();
    course.answer(
        "pub fn add(_: i32, _: i32) -> i32 {\n    \
         let all = vec![1_u8; std::hint::black_box(1 << 50)];\n    i32::from(all[0])\n}\n",
    );
    course
        .run(&["check", "1.1"])
        .code(1)
        .says("ran out of memory: it asked for 1125899906842624 bytes at once");
}

#[test]
fn memory_that_is_only_reserved_is_no_fault() {
    let course = Course::new();
    long_limit(&course);
    // As a sanitizer does: far more addresses than memory.
    course.answer(&format!(
        "{RIGHT}\n#[used]\n#[unsafe(link_section = \".init_array\")]\n\
         static RESERVE: extern \"C\" fn() = reserve;\nextern \"C\" fn reserve() {{\n    \
         let all: Vec<u8> = Vec::with_capacity(8 << 30);\n    std::mem::forget(all);\n}}\n"
    ));
    course.run(&["check", "1.1"]).code(0).says("sums/add is done");
}

#[test]
fn a_lessons_memory_is_limited_too() {
    let course = Course::new();
    long_limit(&course);
    course.write(
        &format!("{SUMS}/src/main.rs"),
        "fn main() {\n    let mut all = Vec::new();\n    loop {\n        all.push(7_u64);\n    }\n}\n",
    );
    course
        .run(&["lesson", "1"])
        .code(124)
        .tells("lesson 1 ran out of memory: it took more than 1 GiB");
}

#[test]
fn a_terminal_that_stops_background_output_does_not_stop_a_lesson() {
    use rustix::fs::{Mode, OFlags};
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    use std::os::unix::process::CommandExt;

    let course = Course::new();
    let (from, to) = ("[package.metadata.course]", "[package.metadata.course]\nlimit-seconds = 20");
    course.change(&format!("{SUMS}/Cargo.toml"), from, to);
    let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&keyboard).expect("it is ours");
    unlockpt(&keyboard).expect("it is unlocked");
    let name = ptsname(&keyboard, Vec::new()).expect("it has a name");
    let screen = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty());
    let screen = screen.expect("it can be opened");
    let mut modes = tcgetattr(&screen).expect("it has modes");
    modes.local_modes |= LocalModes::TOSTOP;
    tcsetattr(&screen, OptionalActions::Now, &modes).expect("they can be set");

    let mut command = course.command(&["lesson", "1"]);
    command.stdin(screen.try_clone().expect("a copy"));
    command.stdout(screen.try_clone().expect("a copy")).stderr(Stdio::piped());
    // SAFETY: only two system calls between fork and exec.
    unsafe {
        command.pre_exec(|| {
            rustix::process::setsid()?;
            // SAFETY: standard input is open, and stays so.
            let stdin = std::os::fd::BorrowedFd::borrow_raw(0);
            Ok(rustix::process::ioctl_tiocsctty(stdin)?)
        });
    }
    finish(command.spawn().expect("course starts")).code(0);
}
