//! `check` says in words what is wrong with an answer.

mod common;

use common::{ADD, Course, DOUBLE, RIGHT, SHOUT};
use snapbox::{assert_data_eq, str};

#[test]
fn an_untouched_starter_is_red_on_purpose() {
    let course = Course::new();
    let ran = course.run(&["check", "1.1"]).code(1);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
1.1 sums/add
red on purpose: 2 checks wait for you; begin at lessons/01-sums/exercises/1-add/answer.rs:2

the task   cargo course exercise 1.1
a hint     cargo course hint 1.1
then       cargo course check 1.1

"#]]
    );
    assert!(!course.path("target").exists(), "nothing is built to say this");
}

#[test]
fn line_ends_that_git_changed_are_no_answer() {
    let course = Course::new();
    let starter = course.read(&format!("{ADD}/starter.rs"));
    course.answer(&starter.replace('\n', "\r\n"));
    course.run(&["check", "add"]).code(1).says("red on purpose");
}

#[test]
fn a_wrong_answer_is_told_check_by_check() {
    let course = Course::new();
    course.answer(
        "pub fn add(a: i32, b: i32) -> i32 {\n    println!(\"{a} and {b}\");\n    a * b\n}\n",
    );
    let ran = course.run(&["check", "1.1"]).code(1);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
1.1 sums/add
cargo test --package lesson-01-exercises --test add
  ✗ one and one
  ✗ it adds more

one and one
  one and one is not two
    left: 1
   right: 2
  at lessons/01-sums/exercises/1-add/check.rs:8:5
  it printed:
  | 1 and 1

it adds more
  twenty and three is not 60
  at lessons/01-sums/exercises/1-add/check.rs:14:5
  it printed:
  | 20 and 3

0 of 2 checks pass. Begin with the first that fails. Stuck? cargo course hint 1.1

"#]]
    );
    course.run(&["progress"]).says("0 of 3 exercises done");
}

#[test]
fn an_answer_that_does_not_compile_shows_the_errors_and_nothing_else() {
    let course = Course::new();
    course.answer("use std::fmt;\npub fn add(a: i32, b: i32) -> i32 {\n    \"no\"\n}\n");
    let ran =
        course.run(&["check", "1.1"]).code(1).never_says("warning").never_says("could not compile");
    assert_data_eq!(
        ran.stdout,
        str![[r#"
1.1 sums/add
cargo test --package lesson-01-exercises --test add
error[E0308]: mismatched types
...
the answer does not compile yet: fix lessons/01-sums/exercises/1-add/answer.rs:3
then       cargo course check 1.1

"#]]
    );
}

#[test]
fn a_fault_elsewhere_is_not_blamed_on_the_answer() {
    let course = Course::new();
    course.change(
        "lessons/01-sums/exercises/Cargo.toml",
        "[lints]",
        "[dependencies]\nwords = { package = \"lesson-02-words\", path = \"../../02-words\" }\n\n[lints]",
    );
    course.write("lessons/02-words/src/lib.rs", "pub fn broken() -> i32 { }\n");
    course.answer(RIGHT);
    course
        .run(&["check", "1.1"])
        .code(1)
        .says("`lesson_02_words` does not compile: it is not your answer");
}

#[test]
fn a_right_answer_is_marked_and_the_next_exercise_named() {
    let course = Course::new();
    course.answer(RIGHT);
    let ran = course.run(&["check"]).code(0);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
1.1 sums/add
cargo test --package lesson-01-exercises --test add
  ✓ one and one
  ✓ it adds more

sums/add is done: all checks pass
compare    cargo course solution 1.1
mistakes   cargo course mistakes 1.1
next       cargo course exercise 1.2   (double)

"#]]
    );
    assert_eq!(ran.stderr, "");
    course.run(&["progress"]).says("✓ 1.1 add").says("1 of 3 exercises done");
    course.run(&["list"]).says("1 of 2 done");
}

#[test]
fn the_last_of_a_lesson_leads_to_the_next_and_the_last_of_all_to_the_end() {
    let course = Course::new();
    for folder in [ADD, DOUBLE, SHOUT] {
        course
            .write(&format!("{folder}/answer.rs"), &course.read(&format!("{folder}/solution.rs")));
    }
    course.run(&["check", "1"]).code(0).says("lesson 1: 2 of 2 exercises pass").says(
        "next       cargo lesson 2   (words)\nthen       cargo course exercise 2.1   (shout)",
    );
    course.run(&["check"]).code(0).says("That was the last exercise: all 3 are done.");
    course.run(&["check"]).code(0).says("Every exercise is done.");
}

#[test]
fn what_was_skipped_in_the_lesson_comes_before_the_next_lesson() {
    let course = Course::new();
    let solve = |folder: &str| {
        course
            .write(&format!("{folder}/answer.rs"), &course.read(&format!("{folder}/solution.rs")));
    };
    solve(DOUBLE);
    course.run(&["check", "1.2"]).code(0).says("next       cargo course exercise 1.1   (add)");
    solve(SHOUT);
    course
        .run(&["check", "2.1"])
        .code(0)
        .says("Lesson 2 is done.\nnext       cargo course exercise 1.1   (add)")
        .never_says("cargo lesson 1");
}

#[test]
fn many_errors_are_cut_short_and_those_in_the_answer_come_first() {
    let course = Course::new();
    let slips: String =
        (0..7).map(|at| format!("fn slip_{at}() -> u8 {{\n    no_{at}\n}}\n")).collect();
    course.answer(&slips);
    let ran =
        course.run(&["check", "1.1"]).code(1).says("… and 4 more errors").says("answer.rs:2\n");
    assert_eq!(ran.stdout.matches("error[E0425]: cannot find value `no_").count(), 5);
}

#[test]
fn a_lesson_is_checked_as_a_whole() {
    let course = Course::new();
    course.answer(RIGHT);
    course
        .run(&["check", "sums"])
        .code(1)
        .says("red on purpose")
        .says("lesson 1: 1 of 2 exercises pass");
}

#[test]
fn leaving_in_the_middle_is_no_pass() {
    let course = Course::new();
    course.answer("pub fn add(_: i32, _: i32) -> i32 {\n    std::process::exit(0)\n}\n");
    course
        .run(&["check", "1.1"])
        .code(1)
        .says("the program left in the middle of the check, with exit status 0")
        .says("0 of 2 checks pass");
}

#[test]
fn an_answer_cannot_leave_out_checks() {
    let course = Course::new();
    let tests = "#[test]\nfn mine() {}\n";
    course.answer(&format!("{RIGHT}\n{tests}"));
    course.run(&["check", "1.1"]).code(0).says("it adds more").never_says("mine");
}

#[test]
fn an_overflown_stack_is_told_in_words() {
    let course = Course::new();
    course.answer(
        "pub fn add(a: i32, b: i32) -> i32 {\n    std::hint::black_box(add(a, b)) + 1\n}\n",
    );
    course
        .run(&["check", "1.1"])
        .code(1)
        .says("overflowed its stack: a function calls itself without end");
}

#[cfg(unix)]
#[test]
fn memory_that_is_not_ones_own_is_told_in_words() {
    let course = Course::new();
    // Raised, not touched: a real stray access is undefined behaviour, and need not end like this.
    // The first is caught by std's handler for overflown stacks, which then steps aside.
    course.answer(
        r#"
pub fn add(_: i32, _: i32) -> i32 {
    let pid = std::process::id().to_string();
    loop {
        std::process::Command::new("kill").args(["-SEGV", &pid]).status().unwrap();
    }
}
"#,
    );
    course.run(&["check", "1.1"]).code(1).says("touched memory that is not its own (SIGSEGV)");
}

#[test]
fn an_abort_is_told_in_words() {
    let course = Course::new();
    course.answer("pub fn add(_: i32, _: i32) -> i32 {\n    std::process::abort()\n}\n");
    course.run(&["check", "1.1"]).code(1).says("  aborted\n");
}

#[test]
fn the_panic_that_ended_the_check_comes_after_those_that_did_not() {
    let course = Course::new();
    course.answer(
        "pub fn add(_: i32, _: i32) -> i32 {\n    \
         let helper = std::thread::spawn(|| -> i32 { panic!(\"the helper's words\") });\n    \
         helper.join().unwrap_or(0)\n}\n",
    );
    let ran = course.run(&["check", "1.1"]).code(1).never_says("RUST_BACKTRACE");
    assert_data_eq!(
        ran.stdout,
        str![[r#"
...
one and one
  (a panic in thread '<unnamed>', at lessons/01-sums/exercises/1-add/answer.rs:2:[..]: the helper's words)
  one and one is not two
...
"#]]
    );
}

#[test]
fn a_program_that_prints_without_end_is_ended() {
    let course = Course::new();
    course.answer(
        "pub fn add(_: i32, _: i32) -> i32 {\n    loop {\n        println!(\"again\");\n    }\n}\n",
    );
    let ran = course.run(&["check", "1.1"]).code(1).says("printed more than 8 MiB and was ended");
    assert!(ran.stdout.len() < 4000, "only the end of it is shown:\n{}", ran.stdout);
}

#[test]
fn a_summary_that_the_answer_prints_itself_is_no_pass() {
    let fakes = [
        // What libtest prints, as if it had come from there; whole, and without what goes before.
        "println!(\"ok\\n\\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 1 filtered out; finished in 0.00s\\n\")",
        "print!(\"\\ntest result: ok. 1 passed; 0 failed;\")",
        "eprintln!(\"Unrecognized option: 'logfile'\"); println!(\"\\ntest result: ok. 1 passed; 0 failed;\")",
    ];
    for fake in fakes {
        let course = Course::new();
        course.answer(&format!(
            "pub fn add(_: i32, _: i32) -> i32 {{\n    {fake};\n    std::process::exit(0)\n}}\n"
        ));
        course
            .run(&["check", "1.1"])
            .code(1)
            .says("the program left in the middle of the check, with exit status 0")
            .says("0 of 2 checks pass")
            .never_says("deprecated");
        course.run(&["progress"]).says("0 of 3 exercises done");
    }
}

#[test]
fn an_answer_that_takes_in_the_solution_passes_and_is_not_marked() {
    let answers = [
        "#[path = \"solution.rs\"]\nmod s;\npub use s::add;\n",
        "include!(\"solution.rs\");\n",
        "#[path = \"../1-add/right/other.rs\"]\nmod s;\npub use s::*;\n",
        "const _: &str = include_str!(\"solution.rs\");\npub fn add(a: i32, b: i32) -> i32 {\n    a + b\n}\n",
    ];
    let course = Course::new();
    course.write(&format!("{ADD}/right/other.rs"), RIGHT);
    for answer in answers {
        course.answer(answer);
        course
            .run(&["check", "1.1"])
            .code(0)
            .says("all checks pass, but the answer takes in `lessons/01-sums/exercises/1-add/")
            .says("sums/add is not marked as done")
            .never_says("sums/add is done");
        course.run(&["progress"]).says("0 of 3 exercises done");
    }
    // A copy of it is an answer.
    course.answer(&course.read(&format!("{ADD}/solution.rs")));
    course.run(&["check", "1.1"]).code(0).says("sums/add is done");
}

#[cfg(unix)]
#[test]
fn an_answer_that_is_a_link_to_the_solution_is_not_marked() {
    let course = Course::new();
    let link = std::os::unix::fs::symlink("solution.rs", course.path(&format!("{ADD}/answer.rs")));
    link.expect("links can be made");
    course.run(&["check", "1.1"]).code(0).says("sums/add is not marked as done");
}

#[test]
fn a_reason_whose_numbers_differ_is_told_once() {
    let course = Course::new();
    let tests = ["first", "second", "third"].iter().enumerate().map(|(at, name)| {
        format!("\n#[test]\nfn {name}() {{\n    let all: Vec<i32> = (0..{at} + 1).collect();\n    \
                 assert!(answer::add(1, {at}) == -1, \"of {{all:?}} it took {{}}\", {at} * 7);\n}}\n")
    });
    let check = "#[rustfmt::skip]\nmod answer;\n".to_owned() + &tests.collect::<String>();
    course.write(&format!("{ADD}/check.rs"), &check);
    course.answer(RIGHT);
    let ran =
        course.run(&["check", "1.1"]).code(1).says("first\nsecond\nthird\n  of [0] it took 0\n");
    assert_eq!(ran.stdout.matches("it took").count(), 1, "{}", ran.stdout);
}
