//! What a learner wrote is never lost: `reset` keeps it, and progress survives damage and haste.

mod common;

use common::{ADD, Course, RIGHT, finish};
use snapbox::{assert_data_eq, str};
use std::fs;

#[test]
fn reset_keeps_the_old_answer_under_the_next_free_name() {
    let course = Course::new();
    for number in 1..=2 {
        let mine = format!("// attempt {number}\n");
        course.answer(&mine);
        let backup = format!("{ADD}/answer.backup-{number}.rs");
        course
            .run(&["reset", "1.1"])
            .code(0)
            .says("1.1 sums/add: the starter is back")
            .says(&format!("your answer is kept as {backup}"));
        assert_eq!(course.read(&backup), mine);
        assert_eq!(
            course.read(&format!("{ADD}/answer.rs")),
            course.read(&format!("{ADD}/starter.rs"))
        );
    }
}

#[test]
fn an_untouched_answer_needs_no_reset() {
    let course = Course::new();
    course.run(&["reset", "1.1"]).code(0).says("nothing to do, the answer is the starter");
    assert!(!course.path(&format!("{ADD}/answer.backup-1.rs")).exists());
}

#[test]
fn a_lesson_or_everything_can_be_reset() {
    let course = Course::new();
    course.answer("// mine\n");
    course
        .run(&["reset", "sums"])
        .code(0)
        .says("1.1 sums/add: the starter is back")
        .says("1.2 sums/double: nothing");
    course.run(&["reset", "all"]).code(0).says("2.1 words/shout: nothing to do");
}

#[test]
fn what_has_passed_stays_passed_after_a_reset() {
    let course = Course::new();
    course.answer(RIGHT);
    course.run(&["check", "1.1"]).code(0);
    course.run(&["reset", "1.1"]).code(0);
    course.run(&["progress"]).says("✓ 1.1 add");
}

#[test]
fn the_reference_is_shown_once_it_is_earned_or_asked_for_anyway() {
    let course = Course::new();
    course.run(&["solution", "1.1"]).code(1).tells("has not passed yet").never_says("a + b");
    course
        .run(&["solution", "1.1", "--anyway"])
        .code(0)
        .says("    a + b\n")
        .says("not begun an answer");
    course.answer("pub fn add(a: i32, b: i32) -> i32 {\n    b + a\n}\n");
    course.run(&["check", "1.1"]).code(0);
    let ran = course.run(&["solution", "1.1"]).code(0);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
lessons/01-sums/exercises/1-add/solution.rs

pub fn add(a: i32, b: i32) -> i32 {
    a + b
}

From yours to the reference
--- lessons/01-sums/exercises/1-add/answer.rs
+++ lessons/01-sums/exercises/1-add/solution.rs
@@ -1,3 +1,3 @@
 pub fn add(a: i32, b: i32) -> i32 {
-    b + a
+    a + b
 }

"#]]
    );
    course.answer(&course.read(&format!("{ADD}/solution.rs")));
    course.run(&["solution", "1.1"]).code(0).says("Your answer is the same.");
}

#[test]
fn hints_come_one_after_the_other_and_are_remembered() {
    let course = Course::new();
    course.run(&["hint", "1.1"]).code(0).says("hint 1 of 3").says("Think.");
    course.run(&["hint", "1.1"]).code(0).says("hint 2 of 3").says("Think again.");
    course.run(&["hint", "1.1", "1"]).code(0).says("hint 1 of 3");
    course.run(&["hint", "1.1"]).code(0).says("hint 3 of 3").says("That was the last hint.");
    course.run(&["hint", "1.1"]).code(0).says("hint 3 of 3");
    course.run(&["progress"]).says("1.1 add  3 hints seen");
}

#[test]
fn progress_is_told_to_programs_too() {
    let course = Course::new();
    course.write(".course/progress", "sums/double passed\nsums/double hints 1\n");
    let ran = course.run(&["progress", "--json"]).code(0);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
{
  "exercises": 3,
  "lessons": [
    {
      "exercises": [
        {
          "hints": 0,
          "id": "sums/add",
          "name": "add",
          "number": 1,
          "passed": false
        },
        {
          "hints": 1,
          "id": "sums/double",
          "name": "double",
          "number": 2,
          "passed": true
        }
      ],
      "name": "sums",
      "number": 1
    },
    {
      "exercises": [
        {
          "hints": 0,
          "id": "words/shout",
          "name": "shout",
          "number": 1,
          "passed": false
        }
      ],
      "name": "words",
      "number": 2
    }
  ],
  "passed": 1
}

"#]]
    );
}

#[test]
fn a_damaged_progress_file_is_set_aside_and_its_good_lines_are_kept() {
    let course = Course::new();
    let damaged = "sums/double passed\ngone/exercise passed\n%%%\n";
    course.write(".course/progress", damaged);
    course
        .run(&["progress"])
        .code(0)
        .says("✓ 1.2 double")
        .tells("it is kept as `.course/progress.damaged-1`");
    assert_eq!(course.read(".course/progress.damaged-1"), damaged);
    assert!(
        course.read(".course/progress").ends_with("gone/exercise passed\nsums/double passed\n")
    );
    let ran = course.run(&["progress"]).code(0).says("✓ 1.2 double");
    assert_eq!(ran.stderr, "", "it is told once");
}

#[test]
fn bytes_that_are_no_text_damage_only_their_line() {
    let course = Course::new();
    course.write(".course/progress", "");
    fs::write(course.path(".course/progress"), b"sums/add passed\n\xff\xfe\x00\n")
        .expect("it is written");
    course.run(&["progress"]).code(0).says("✓ 1.1 add").tells("progress.damaged-1");
}

#[test]
fn two_at_once_do_not_lose_each_others_marks() {
    let course = Course::new();
    for _ in 0..5 {
        let _ = fs::remove_file(course.path(".course/progress"));
        let children: Vec<_> = ["add", "double", "shout"]
            .iter()
            .flat_map(|exercise| [(exercise, "1"), (exercise, "2")])
            .map(|(exercise, number)| {
                course.command(&["hint", exercise, number]).spawn().expect("course starts")
            })
            .collect();
        for child in children {
            finish(child).code(0);
        }
        let progress = course.read(".course/progress");
        for exercise in ["sums/add", "sums/double", "words/shout"] {
            assert!(
                progress.contains(&format!("{exercise} hints 2\n")),
                "{exercise} is lost:\n{progress}"
            );
        }
    }
}

#[test]
fn progress_that_cannot_be_written_is_the_machines_fault() {
    let course = Course::new();
    // A file where the folder should be: no permission in the world helps, not even the superuser's.
    course.write(".course", "in the way\n");
    course.answer(RIGHT);
    course
        .run(&["check", "1.1"])
        .code(3)
        .says("sums/add is done")
        .tells("it passed, but cannot be marked: cannot create");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_the_machines_fault() {
    use std::os::unix::fs::PermissionsExt;
    let course = Course::new();
    let folder = course.path(ADD);
    let set =
        |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("it is ours");
    set(0o555);
    if fs::write(folder.join("probe"), "").is_ok() {
        eprintln!("not tested: this user may write to read-only folders (is it the superuser?)");
        return;
    }
    let ran = course.run(&["check", "1.1"]);
    set(0o755);
    ran.code(3).tells("cannot create");
}
