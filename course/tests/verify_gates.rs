//! The gates of `verify` are themselves proved: each way in which an exercise can fall short is
//! noticed, and named by exercise and file.

mod common;

use common::{ADD, Course, Ran};
use snapbox::{assert_data_eq, str};

const MANIFEST: &str = "lessons/01-sums/exercises/Cargo.toml";

/// Runs `verify` over `sums/add`, which must fall short, and by this file for this reason.
#[track_caller]
fn falls_short(course: &Course, file: &str, reason: &str) -> Ran {
    let ran = course.run(&["verify", "1.1"]).code(1).says("1.1 sums/add").says(reason);
    let blamed = ran.stdout.lines().any(|line| line.starts_with(&format!("  {file}: ")));
    assert!(blamed, "`{file}` is not named:\n{}", ran.stdout);
    ran
}

#[test]
fn a_course_in_good_order_passes_all_gates() {
    let course = Course::new();
    let ran = course.run(&["verify"]).code(0);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
3 solutions green, 3 starters red as declared, 3 of 3 wrong answers rejected

"#]]
    );
    assert!(
        !course.path(&format!("{ADD}/answer.rs")).exists(),
        "the learner's file is none of verify's"
    );
}

#[test]
fn a_second_run_builds_nothing_and_one_exercise_can_be_named() {
    let course = Course::new();
    let first = course.run(&["verify"]).code(0);
    first
        .tells("verify: building 6 variants of sums")
        .tells("verify: building 3 variants of words");
    for (words, solutions) in [("sums", 2), ("shout", 1)] {
        let ran = course.run(&["verify", words]).code(0).says(&format!("{solutions} solution"));
        assert_eq!(ran.stderr, "", "nothing is built again");
    }
    course.run(&["verify", "shuot"]).code(2).tells("did you mean `shout`?");
}

#[test]
fn a_check_that_accepts_everything_is_noticed() {
    let course = Course::new();
    let check = "//! Accepts everything.\n\n\
                 #[allow(clippy::todo, dead_code, unused_variables, reason = \"an untouched starter\")]\nmod answer;\n\n\
                 #[test]\nfn one_and_one() {\n    let _ = answer::add;\n}\n\n\
                 #[test]\nfn it_adds_more() {}\n";
    course.write(&format!("{ADD}/check.rs"), check);
    falls_short(
        &course,
        "wrong/mistaken.rs",
        "`one_and_one` accepts it: this mistake goes unnoticed",
    )
    .says("  starter.rs: `one_and_one` is green already, although `starter-fails` names it")
    .says("1 solution green, 0 starters red as declared, 0 of 1 wrong answers rejected");
}

#[test]
fn a_wrong_answer_that_dies_for_another_reason_is_noticed() {
    let course = Course::new();
    course.change(
        &format!("{ADD}/wrong/mistaken.rs"),
        "Says: one and one is not two",
        "Says: it hangs",
    );
    falls_short(
        &course,
        "wrong/mistaken.rs",
        "`one_and_one` rejects it, but for another reason than stated",
    )
    .says("stated: it hangs")
    .says("one and one is not two")
    .says("0 of 1 wrong answers rejected");
}

#[test]
fn a_wrong_answer_that_hangs_is_rejected_only_if_it_says_so() {
    let course = Course::new();
    course.change(MANIFEST, "minutes = 10", "minutes = 10\nlimit-seconds = 1");
    let hang = "loop {\n        std::thread::park();\n    }";
    course.change(&format!("{ADD}/wrong/mistaken.rs"), "a * b", hang);
    course.change(&format!("{ADD}/wrong/mistaken.rs"), "(a: i32, b: i32)", "(_: i32, _: i32)");
    falls_short(&course, "wrong/mistaken.rs", "for another reason than stated");
    let says = "Says: did not finish\n//!   within 1 s";
    course.change(&format!("{ADD}/wrong/mistaken.rs"), "Says: one and one is not two", says);
    course.run(&["verify", "1.1"]).code(0).says("1 of 1 wrong answers rejected");
}

#[test]
fn a_wrong_answer_that_does_not_compile_is_noticed() {
    let course = Course::new();
    course.change(&format!("{ADD}/wrong/mistaken.rs"), "a * b", "a * c");
    falls_short(&course, "wrong/mistaken.rs", "does not compile")
        .says("cannot find value `c`")
        .says("lessons/01-sums/exercises/1-add/wrong/mistaken.rs:8:9");
}

#[test]
fn a_named_test_that_does_not_exist_is_noticed() {
    let course = Course::new();
    course.change(&format!("{ADD}/wrong/mistaken.rs"), "`one_and_one`", "`one_and_two`");
    falls_short(
        &course,
        "wrong/mistaken.rs",
        "is to be caught by `one_and_two`, which check.rs does not have",
    );
}

#[test]
fn a_wrong_answer_without_its_header_is_noticed() {
    let course = Course::new();
    course.change(
        &format!("{ADD}/wrong/mistaken.rs"),
        "//! Because: one times one\n//!   is one.\n",
        "",
    );
    falls_short(&course, "wrong/mistaken.rs", "`//! Because: …` belongs");
}

#[test]
fn a_starter_that_is_green_already_is_noticed() {
    let course = Course::new();
    course.change(
        &format!("{ADD}/starter.rs"),
        "todo!(\"write it\")",
        "if a > 5 { todo!() } else { a + b }",
    );
    falls_short(&course, "starter.rs", "`one_and_one` is green already")
        .says("1 solution green, 0 starters red as declared, 1 of 1 wrong answers rejected");
}

#[test]
fn a_starter_that_is_redder_than_declared_is_noticed() {
    let course = Course::new();
    course.change(MANIFEST, "\"one_and_one\", ", "");
    falls_short(
        &course,
        "starter.rs",
        "`one_and_one` is red, although `starter-fails` does not name it",
    );
}

#[test]
fn a_starter_that_does_not_compile_is_noticed() {
    let course = Course::new();
    course.change(&format!("{ADD}/starter.rs"), "todo!(", "nonsense + todo!(");
    falls_short(&course, "starter.rs", "does not compile");
}

#[test]
fn a_solution_that_fails_is_noticed() {
    let course = Course::new();
    course.change(&format!("{ADD}/solution.rs"), "a + b", "a + b + i32::from(a > 5)");
    falls_short(&course, "solution.rs", "`it_adds_more` rejects it: twenty and three is not 24")
        .says("0 solutions green");
}

#[test]
fn a_solution_that_clippy_rejects_is_noticed() {
    let course = Course::new();
    course.change(&format!("{ADD}/solution.rs"), "a + b", "return a + b;");
    falls_short(&course, "solution.rs", "clippy rejects it").says("unneeded `return`");
}

#[test]
fn a_hole_in_a_solution_is_noticed_although_the_starter_may_have_it() {
    let course = Course::new();
    let hole =
        "if a > 1000 {\n        unimplemented!(\"later\")\n    } else {\n        a + b\n    }";
    course.change(&format!("{ADD}/solution.rs"), "a + b", hole);
    course.change(
        &format!("{ADD}/check.rs"),
        "clippy::todo",
        "clippy::todo, clippy::unimplemented",
    );
    falls_short(&course, "solution.rs", "clippy rejects it")
        .says("`unimplemented` should not be present");
}

#[test]
fn files_that_rustfmt_would_change_are_noticed() {
    let course = Course::new();
    course.change(&format!("{ADD}/wrong/mistaken.rs"), "a * b", "a*b");
    falls_short(&course, "wrong/mistaken.rs", "is not as rustfmt would have it");
    course.change(&format!("{ADD}/check.rs"), "mod answer;\n\n", "mod answer;\n\n\n\n");
    falls_short(&course, "check.rs", "is not as rustfmt would have it");
}

#[test]
fn what_is_missing_is_named() {
    let course = Course::new();
    let remove = |file: &str| {
        std::fs::remove_file(course.path(&format!("{ADD}/{file}"))).expect("it is there")
    };
    remove("hints.md");
    remove("task.md");
    remove("wrong/mistaken.rs");
    falls_short(&course, "hints.md", "cannot be read");
    falls_short(&course, "task.md", "cannot be read");
    falls_short(&course, "wrong/", "has no wrong answer").says("0 of 0 wrong answers rejected");
    remove("solution.rs");
    falls_short(&course, "solution.rs", "cannot be read").says("0 solutions green, 1 starter red");
}

#[test]
fn an_exercise_that_is_only_declared_is_named_and_the_others_are_verified() {
    let course = Course::new();
    std::fs::remove_dir_all(course.path(common::SHOUT)).expect("it is there");
    course
        .run(&["verify"])
        .code(1)
        .says("2.1 words/shout\n  check.rs: cannot be read")
        .says("2 solutions green, 2 starters red as declared, 2 of 2 wrong answers rejected");
}

#[test]
fn hints_and_tasks_have_their_sections() {
    let course = Course::new();
    course.change(&format!("{ADD}/hints.md"), "Think again.", "");
    course.change(&format!("{ADD}/task.md"), "## Habit", "## Advice");
    falls_short(&course, "hints.md", "has nothing below `## Hint 2`");
    falls_short(&course, "task.md", "has no `## Habit` in its place");
}

#[test]
fn a_folder_that_no_test_names_is_noticed() {
    let course = Course::new();
    course.write("lessons/01-sums/exercises/3-halve/task.md", "# Halve\n");
    course.run(&["verify"]).code(1).says("has no [[test]] for the folder `3-halve`");
}

#[test]
fn a_file_that_is_gone_does_not_live_on_in_the_copies() {
    let course = Course::new();
    course.write(&format!("{ADD}/help.rs"), "pub const TWO: i32 = 2;\n");
    course.change(&format!("{ADD}/check.rs"), "mod answer;\n", "mod answer;\nmod help;\n");
    course.change(
        &format!("{ADD}/check.rs"),
        "answer::add(1, 1), 2,",
        "answer::add(1, 1), help::TWO,",
    );
    course.run(&["verify", "1.1"]).code(0);
    std::fs::remove_file(course.path(&format!("{ADD}/help.rs"))).expect("it is there");
    falls_short(&course, "solution.rs", "does not compile")
        .says("file not found for module `help`");
}

#[test]
fn the_learners_answer_does_not_matter() {
    let course = Course::new();
    course.answer("not rust at all");
    course.run(&["verify", "1.1"]).code(0);
}

#[test]
fn an_unusual_right_answer_must_be_accepted() {
    let course = Course::new();
    let right = format!("{ADD}/right/backwards.rs");
    course.write(
        &right,
        "//! Right: subtracts the opposite.\n\npub fn add(a: i32, b: i32) -> i32 {\n    a - -b\n}\n",
    );
    course.run(&["verify", "1.1"]).code(0).says("1 of 1 unusual right answers accepted");
    course.change(&right, "a - -b", "a - b");
    falls_short(&course, "right/backwards.rs", "`one_and_one` rejects it")
        .says("0 of 1 unusual right answers accepted");
}

#[test]
fn a_right_answer_says_what_is_unusual_about_it() {
    let course = Course::new();
    course.write(
        &format!("{ADD}/right/silent.rs"),
        "pub fn add(a: i32, b: i32) -> i32 {\n    b + a\n}\n",
    );
    falls_short(&course, "right/silent.rs", "does not begin with what is unusual about it");
}
