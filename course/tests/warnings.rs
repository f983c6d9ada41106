//! While a check is red, what the compiler warns of in the answer is shown with it.

mod common;

use common::{ADD, Course, RIGHT, SUMS};
use snapbox::{assert_data_eq, str};

/// A future that is made, and never awaited.
const FORGOTTEN: &str = "\
async fn step() {}

pub fn add(a: i32, b: i32) -> i32 {
    let mut sum = a;
    step();
    a * b
}
";

#[test]
fn a_forgotten_await_is_told_first_and_again_when_nothing_is_built() {
    let course = Course::new();
    course.answer(FORGOTTEN);
    for _ in 0..2 {
        let ran = course.run(&["check", "1.1"]).code(1);
        assert_data_eq!(
            ran.stdout,
            str![[r#"
1.1 sums/add
cargo test --package lesson-01-exercises --test add
  ✗ one and one
  ✗ it adds more

warning: unused implementer of `Future` that must be used
 --> lessons/01-sums/exercises/1-add/answer.rs:5:5
...
warning: variable does not need to be mutable
...
one and one
  one and one is not two
...
"#]]
        );
    }
}

#[test]
fn what_the_answer_takes_in_is_warned_of_too() {
    let course = Course::new();
    course.answer("#[path = \"helper.rs\"]\nmod helper;\n\npub fn add(_: i32, _: i32) -> i32 {\n    helper::help()\n}\n");
    let helper = "async fn step() {}\n\npub fn help() -> i32 {\n    step();\n    0\n}\n";
    course.write(&format!("{ADD}/helper.rs"), helper);
    course
        .run(&["check", "1.1"])
        .code(1)
        .says("unused implementer of `Future`")
        .says("helper.rs:4:5");
}

#[test]
fn the_warnings_of_others_and_what_a_starter_may_have_are_not_shown() {
    let course = Course::new();
    let slip = "fn slip() {\n    let mut never = 1;\n    async {};\n}\n";
    course.write(&format!("{SUMS}/src/lib.rs"), slip);
    course.change(
        &format!("{SUMS}/exercises/Cargo.toml"),
        "[lints]",
        "[dependencies]\nsums = { package = \"lesson-01-sums\", path = \"..\" }\n\n[lints]",
    );
    let check = course.read(&format!("{ADD}/check.rs"));
    course.write(&format!("{ADD}/check.rs"), &format!("{check}\n{slip}"));
    course.answer(
        "fn unused() {}\n\npub fn add(a: i32, b: i32) -> i32 {\n    let more = a;\n    0\n}\n",
    );
    course.run(&["check", "1.1"]).code(1).says("0 of 2 checks pass").never_says("warning");
}

#[test]
fn a_green_check_shows_no_warnings() {
    let course = Course::new();
    course.answer(&format!("{RIGHT}\npub fn more() {{\n    async {{}};\n}}\n"));
    course.run(&["check", "1.1"]).code(0).never_says("warning");
}

#[test]
fn many_warnings_are_cut_short() {
    let course = Course::new();
    let slips = "    async {};\n".repeat(5);
    course.answer(&format!("pub fn add(_: i32, _: i32) -> i32 {{\n{slips}    0\n}}\n"));
    let ran = course.run(&["check", "1.1"]).code(1).says("… and 2 more warnings");
    assert_eq!(ran.stdout.matches("warning: unused").count(), 3, "{}", ran.stdout);
}
