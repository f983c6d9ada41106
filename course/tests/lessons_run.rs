//! `lesson` builds a lesson's program and runs it, whatever the state of the others.

mod common;

use common::{Course, Lifeline, SUMS};

#[test]
fn a_lesson_prints_what_its_program_prints_and_nothing_else() {
    let course = Course::new();
    course.run(&["lesson", "1"]).code(0);
    for words in ["1", "01", "sums", "01-sums"] {
        let ran = course.run(&["lesson", words]).code(0);
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("this is sums\n", ""));
    }
}

#[test]
fn a_first_build_says_what_it_is_doing() {
    let course = Course::new();
    course
        .run(&["lesson", "1"])
        .code(0)
        .tells("building: cargo build --package lesson-01-sums --bins");
}

#[test]
fn a_lesson_that_does_not_compile_shows_why() {
    let course = Course::new();
    course.write(&format!("{SUMS}/src/main.rs"), "fn main() { nonsense() }\n");
    course
        .run(&["lesson", "1"])
        .code(1)
        .tells("cannot find function `nonsense`")
        .tells("does not compile");
}

#[test]
fn a_lesson_beside_a_broken_one_works_and_so_does_its_check() {
    let course = Course::new();
    course.write("lessons/02-words/src/main.rs", "fn main() { nonsense() }\n");
    course.run(&["lesson", "1"]).code(0).says("this is sums");
    course.answer(common::RIGHT);
    course.run(&["check", "1.1"]).code(0).says("sums/add is done");
}

#[test]
fn a_lesson_that_fails_is_a_failure() {
    let course = Course::new();
    course.write(&format!("{SUMS}/src/main.rs"), "fn main() { std::process::exit(7) }\n");
    course.run(&["lesson", "1"]).code(1).tells("ended with exit status 7");
}

#[test]
fn a_lesson_that_hangs_is_ended() {
    let course = Course::new();
    let lifeline = Lifeline::new();
    course.change(&format!("{SUMS}/Cargo.toml"), "minutes = 5", "minutes = 5\nlimit-seconds = 1");
    let main = "fn main() { let _held = hold(); loop { std::thread::park(); } }\n";
    course.write(&format!("{SUMS}/src/main.rs"), &(main.to_owned() + &lifeline.code()));
    course.run(&["lesson", "1"]).code(124).tells("did not finish within 1 s and was ended");
    lifeline.held().must_end();
}

#[test]
fn a_lesson_cannot_wait_for_someone_to_type() {
    let course = Course::new();
    let main = "fn main() { println!(\"{:?}\", std::io::stdin().lines().next().is_none()); }\n";
    course.write(&format!("{SUMS}/src/main.rs"), main);
    course.run(&["lesson", "1"]).code(0).says("true");
}
