//! A command line that means nothing ends with status 2, and with what would have been right.

mod common;

use common::Course;

#[test]
fn a_lesson_that_is_not_there_gives_the_range() {
    let course = Course::new();
    for words in ["99", "0"] {
        course
            .run(&["lesson", words])
            .code(2)
            .tells(&format!("there is no lesson {words}: lessons go from 1 to 2: 1 sums, 2 words"));
    }
}

#[test]
fn a_near_miss_is_asked_about() {
    let course = Course::new();
    course
        .run(&["lesson", "wrods"])
        .code(2)
        .tells("did you mean `words`?")
        .tells("lessons go from 1 to 2");
    course.run(&["check", "sums/duoble"]).code(2).tells("did you mean `sums/double`?");
    course
        .run(&["check", "shuot"])
        .code(2)
        .tells("no lesson or exercise `shuot`: did you mean `shout`?");
    course
        .run(&["lesson", "zebra"])
        .code(2)
        .never_says("did you mean")
        .tells("lessons go from 1 to 2");
}

#[test]
fn a_lesson_must_be_named() {
    let course = Course::new();
    course.run(&["lesson"]).code(2).tells("which lesson? lessons go from 1 to 2: 1 sums, 2 words");
}

#[test]
fn a_command_that_is_not_there_gives_the_commands() {
    let course = Course::new();
    course
        .run(&["frobnicate"])
        .code(2)
        .tells("The commands are: list, lesson, predict, exercise, check");
    course.run(&["chekc"]).code(2).tells("a similar subcommand exists: 'check'");
    course.run(&[]).code(2).tells("Where to begin:");
    course.run(&["list", "--jsno"]).code(2).tells("unexpected argument");
}

#[test]
fn an_exercise_that_is_not_there_gives_those_that_are() {
    let course = Course::new();
    course.run(&["check", "1.9"]).code(2).tells("exercises of lesson 1: 1.1 add, 1.2 double");
    course.run(&["hint", "sums"]).code(2).tells("`sums` is a lesson; which of its exercises?");
    course.run(&["solution"]).code(2).tells("which exercise?");
    course.run(&["reset"]).code(2).tells("reset what?");
    course.run(&["hint", "1.1", "4"]).code(2).tells("sums/add has hints 1 to 3");
}

#[test]
fn every_way_to_name_an_exercise_is_understood() {
    let course = Course::new();
    for words in ["1.1", "01.1", "sums.1", "sums/add", "add", "01-sums/1-add", "1/add"] {
        course.run(&["exercise", words]).code(0).says("cargo course check 1.1");
    }
    for words in ["2", "02", "words", "02-words"] {
        course.run(&["exercise", words]).code(0).says("2 words  Louder is not better.");
    }
}

#[test]
fn help_is_no_error() {
    let course = Course::new();
    course.run(&["--help"]).code(0).says("Where to begin:").says("Exit status:");
    course.run(&["check", "--help"]).code(0).says("cargo course check 3.1");
}

#[test]
fn outside_a_course_it_says_where_to_go() {
    let course = Course::new();
    let mut command = course.command(&["list"]);
    command.current_dir(std::env::temp_dir());
    common::finish(command.spawn().expect("course starts")).code(3).tells("no course here");
}

#[test]
fn help_and_the_version_can_be_asked_for_in_every_usual_way() {
    let course = Course::new();
    course.run(&["help"]).code(0).says("Where to begin:");
    course.run(&["help", "check"]).code(0).says("cargo course check 3.1");
    for words in ["-V", "--version"] {
        course.run(&[words]).code(0).says(env!("CARGO_PKG_VERSION"));
    }
}

#[test]
fn a_name_is_not_offered_in_place_of_itself() {
    let course = Course::new();
    for words in [&["exercise", "shout.1"][..], &["lesson", "shout"], &["check", "shout/shout"]] {
        course
            .run(words)
            .code(2)
            .tells("there is no lesson `shout`: that is exercise 2.1 (words/shout)")
            .never_says("did you mean");
    }
    course
        .run(&["predict", "shout"])
        .code(2)
        .tells("that is exercise 2.1")
        .never_says("did you mean");
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_an_error_with_its_cause() {
    let course = Course::new();
    let all: [&[&str]; 8] = [
        &["list"],
        &["--help"],
        &["help", "check"],
        &["check", "--help"],
        &["--version"],
        &["progress", "--json"],
        &["exercise", "1.1"],
        &["solution", "1.1", "--anyway"],
    ];
    for arguments in all {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("it is there");
        let mut command = course.command(arguments);
        command.stdout(full);
        common::finish(command.spawn().expect("course starts"))
            .code(3)
            .tells("cannot write to standard output: No space left on device");
    }
}
