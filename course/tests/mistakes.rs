//! A mistake is an edit of an answer that passes: what is proved of it, how an author works on it,
//! and how a learner reads it.

mod common;

use common::{ADD, Course, Ran};
use std::io::Write;
use std::process::Stdio;

const PAGE: &str = "\
# Adds one too many

- Caught by: `one_and_one`
- Says: one and one is not two
- Because: one and one
  is two.

```diff
 pub fn add(a: i32, b: i32) -> i32 {
-    a + b
+    a + b + 1
 }
```
";

/// A course whose `sums/add` has this page besides the mistake that is a whole file.
fn with(page: &str) -> Course {
    let course = Course::new();
    course.write(&format!("{ADD}/wrong/one-more.md"), page);
    course
}

/// Runs `verify` over `sums/add`, which must fall short by the page, for this reason.
#[track_caller]
fn falls_short(course: &Course, reason: &str) -> Ran {
    let ran = course.run(&["verify", "1.1"]).code(1).says(reason);
    let blamed = ran.stdout.lines().any(|line| line.starts_with("  wrong/one-more.md: "));
    assert!(blamed, "the page is not named:\n{}", ran.stdout);
    ran.says("1 of 2 wrong answers rejected")
}

#[test]
fn an_edit_of_the_solution_is_rejected_as_it_states() {
    with(PAGE).run(&["verify", "1.1"]).code(0).says("2 of 2 wrong answers rejected");
}

#[test]
fn an_edit_that_passes_or_fails_for_another_reason_is_noticed() {
    falls_short(&with(&PAGE.replace("+ 1\n", "+ 0\n")), "`one_and_one` accepts it");
    falls_short(&with(&PAGE.replace("is not two", "is three")), "for another reason than stated");
}

#[test]
fn an_edit_of_a_right_answer_has_that_as_its_base() {
    let course = with(
        &PAGE.replace("- Caught", "- Base: `right/backwards`\n- Caught").replace("a + b", "b + a"),
    );
    let right = format!("{ADD}/right/backwards.rs");
    let text =
        "//! Right: the other way round.\n\npub fn add(a: i32, b: i32) -> i32 {\n    b + a\n}\n";
    course.write(&right, text);
    course.run(&["verify", "1.1"]).code(0).says("2 of 2 wrong answers rejected");
    course.change(&right, "    b + a\n", "    b + a + 0 * a\n");
    falls_short(
        &course,
        "its edit does not fit `right/backwards.rs`: hunk 1 has lines that are not there:",
    )
    .says("|     b + a");
}

#[test]
fn an_edit_of_a_base_that_fails_proves_nothing() {
    let course = with(PAGE);
    course.change(&format!("{ADD}/solution.rs"), "(a: i32", "(mut a: i32");
    course.change(
        &format!("{ADD}/solution.rs"),
        "    a + b\n",
        "    a += i32::from(a > 5);\n    a + b\n",
    );
    course.change(
        &format!("{ADD}/wrong/one-more.md"),
        " pub fn add(a: i32, b: i32) -> i32 {\n",
        "",
    );
    falls_short(&course, "its base `solution.rs` falls short, so it proves nothing");
}

#[test]
fn a_base_that_is_not_there_is_named() {
    let page = PAGE.replace("- Caught", "- Base: `right/nowhere`\n- Caught");
    falls_short(&with(&page), "its base `right/nowhere.rs` cannot be read");
}

#[test]
fn a_base_that_moved_is_told_with_the_lines_that_no_longer_fit() {
    let course = with(PAGE);
    course.change(&format!("{ADD}/solution.rs"), "    a + b\n", "    b + a\n");
    falls_short(
        &course,
        "its edit does not fit `solution.rs`: hunk 1 has lines that are not there:",
    )
    .says("|     a + b");
}

#[test]
fn a_place_that_is_not_unique_is_refused() {
    let course =
        with(&PAGE.replace(" pub fn add(a: i32, b: i32) -> i32 {\n", "").replace(" }\n", ""));
    let twice = "    if a > 1000 {\n    a + b\n    } else {\n    a + b\n    }\n";
    course.change(&format!("{ADD}/solution.rs"), "    a + b\n", twice);
    falls_short(&course, "the lines of hunk 1 stand there more than once, at lines 3 and 5");
}

#[test]
fn an_edit_that_changes_nothing_is_refused() {
    falls_short(&with(&PAGE.replace("+ b + 1\n", "+ b\n")), "it changes nothing");
    falls_short(
        &with(&PAGE.replace("-    a + b\n+    a + b + 1\n", "     a + b\n")),
        "hunk 1 of its edit changes nothing",
    );
}

#[test]
fn a_page_that_cannot_be_read_is_named_with_the_reason() {
    falls_short(&with(&PAGE.replace("- Says: one and one is not two\n", "")), "has no `- Says: …`");
    falls_short(
        &with(&PAGE.replace("`one_and_one`", "`one_and_two`")),
        "which check.rs does not have",
    );
    falls_short(&with(&PAGE.replace("+ 1\n", "+ c\n")), "does not compile")
        .says("cannot find value `c`");
    falls_short(&with(&PAGE.replace("a + b + 1", "a + b+1")), "is not as rustfmt would have it");
}

#[test]
fn a_mistake_is_a_page_or_a_whole_file() {
    let course = Course::new();
    course.write(&format!("{ADD}/wrong/mistaken.md"), PAGE);
    course
        .run(&["verify", "1.1"])
        .code(1)
        .says("  wrong/mistaken.rs: stands there as a page and as a whole file");
}

#[test]
fn an_author_sees_the_whole_answer_and_makes_the_edit_anew() {
    let course = with(PAGE);
    let whole = course.run(&["verify", "--show", "1.1", "one-more"]).code(0).stdout;
    assert_eq!(whole, "pub fn add(a: i32, b: i32) -> i32 {\n    a + b + 1\n}\n");
    course.write("target/mistake.rs", &whole.replace("+ 1", "+ 2"));
    course
        .run(&["verify", "--rewrite", "1.1", "one-more", "--from", "target/mistake.rs"])
        .code(0)
        .says("one-more.md is rewritten");
    assert_eq!(course.read(&format!("{ADD}/wrong/one-more.md")), PAGE.replace("+ 1\n", "+ 2\n"));
    course.run(&["verify", "1.1"]).code(0);
    course.write("target/mistake.rs", common::RIGHT);
    course
        .run(&["verify", "--rewrite", "1.1", "one-more", "--from", "target/mistake.rs"])
        .code(1)
        .tells("no mistake in it");
}

#[test]
fn a_new_page_is_begun_from_standard_input() {
    let course = Course::new();
    let mut command = course.command(&["verify", "--rewrite", "1.1", "one-more"]);
    let mut child = command.stdin(Stdio::piped()).spawn().expect("course starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin
        .write_all(b"pub fn add(a: i32, b: i32) -> i32 {\n    a + b + 1\n}\n")
        .expect("it is read");
    drop(stdin);
    let ended = child.wait_with_output().expect("it ends");
    assert!(String::from_utf8_lossy(&ended.stdout).contains("one-more.md is begun"), "{ended:?}");
    falls_short(&course, "does not begin with what the mistake is");
    course.change(&format!("{ADD}/wrong/one-more.md"), "# \n", "# Adds one too many\n");
    falls_short(&course, "says nothing behind `Says:`");
}

#[test]
fn a_mistake_that_is_not_there_is_told_with_one_that_is() {
    let course = with(PAGE);
    course.run(&["verify", "--show", "1.1", "one-mroe"]).code(2).tells("did you mean `one-more`?");
    course.run(&["verify", "1.1", "one-more"]).code(2).tells("--show");
    course.run(&["mistakes", "1.1", "9", "--anyway"]).code(2).tells("they go from 1 to 2");
    course
        .run(&["mistakes", "1.1", "one-mroe", "--anyway"])
        .code(2)
        .tells("did you mean `one-more`?");
    course.run(&["mistakes"]).code(2).tells("which exercise?");
}

#[test]
fn a_learner_sees_the_mistakes_once_the_answer_passes() {
    let course = with(PAGE);
    course.run(&["mistakes", "1.1"]).code(1).tells("--anyway");
    course.answer(common::RIGHT);
    course.run(&["check", "1.1"]).code(0).says("cargo course mistakes 1.1");
    course
        .run(&["mistakes", "1.1"])
        .code(0)
        .says("1.1 sums/add: 2 ways to go wrong")
        .says("  2  Adds one too many\n");
    for name in ["2", "one-more"] {
        course
            .run(&["mistakes", "1.1", name])
            .code(0)
            .says("an edit of lessons/01-sums/exercises/1-add/solution.rs\n pub fn add")
            .says("-    a + b\n+    a + b + 1\n")
            .says("why        one and one is two.")
            .says("caught by  one and one")
            .says("says       … one and one is not two …");
    }
    course.run(&["mistakes", "1.1", "1"]).code(0).says("a whole one: ");
}

#[test]
fn mistakes_fit_a_narrow_terminal() {
    let course = with(&PAGE.replace(
        "too many",
        "too many, which is more than anybody has asked for in this exercise",
    ));
    let mut command = course.command(&["mistakes", "1.1", "--anyway"]);
    let ended = command.env("COLUMNS", "40").output().expect("course runs");
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(said.contains("\n     "), "the title goes on below itself:\n{said}");
    let list = said.lines().filter(|line| line.starts_with("  "));
    list.for_each(|line| assert!(line.chars().count() <= 40, "{line}"));
}
