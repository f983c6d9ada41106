//! What a learner wrote is never lost: `reset` keeps it, and progress survives damage and haste.

mod common;

use common::{ADD, Course, RIGHT, finish};
use snapbox::{assert_data_eq, str};
use std::fs;
use std::path::Path;
use std::process::Command;

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

#[cfg(unix)]
#[test]
fn what_is_no_file_is_no_answer_and_nobody_waits_for_it() {
    let course = Course::new();
    let answer = course.path(&format!("{ADD}/answer.rs"));
    let _ = fs::remove_file(&answer);
    fs::create_dir(&answer).expect("it is made");
    course.run(&["check", "1.1"]).code(1).tells("answer.rs` is not a file: move it away");
    fs::remove_dir(&answer).expect("it is there");
    let made = Command::new("mkfifo").arg(&answer).status();
    assert!(made.expect("`mkfifo` is there").success());
    for command in ["check", "reset", "exercise", "watch"] {
        course.run(&[command, "1.1"]).code(1).tells("answer.rs` is not a file: move it away");
    }
}

#[test]
fn a_backups_number_is_not_used_again_when_the_backup_is_moved_back() {
    let course = Course::new();
    let (answer, backup) = (format!("{ADD}/answer.rs"), |n| format!("{ADD}/answer.backup-{n}.rs"));
    course.answer("// first\n");
    course.run(&["reset", "1.1"]).code(0).says(&backup(1));
    fs::rename(course.path(&backup(1)), course.path(&answer)).expect("it is there");
    course.run(&["reset", "1.1"]).code(0).says(&backup(2));
    // Of a course without a progress file, too, and beside one that was kept by hand.
    fs::remove_dir_all(course.path(".course")).expect("it is there");
    course.write(&backup(7), "// by hand\n");
    course.answer("// second\n");
    course.run(&["reset", "1.1"]).code(0).says(&backup(8));
    assert_eq!(course.read(&backup(2)), "// first\n");
    assert_eq!(course.read(&backup(8)), "// second\n");
}

#[cfg(unix)]
#[test]
fn a_full_disk_takes_no_answer_and_leaves_no_empty_one() {
    use common::on_a_full_disk;
    let course = Course::new();
    let files = || {
        let entries = fs::read_dir(course.path(ADD)).expect("it is there");
        let names = entries.map(|entry| entry.expect("it is read").file_name());
        names.filter(|name| name.to_string_lossy().starts_with("answer")).collect::<Vec<_>>()
    };
    let full =
        |arguments: &[&str]| finish(on_a_full_disk(&course, arguments).spawn().expect("sh starts"));
    full(&["exercise", "1.1"]).code(3).tells("cannot create").tells("File too large");
    assert_eq!(files(), [""; 0], "what is left would pass for an answer");
    course.answer("// mine\n");
    full(&["reset", "1.1"]).code(3).tells("nothing is changed").tells("File too large");
    assert_eq!(files(), ["answer.rs"]);
    assert_eq!(course.read(&format!("{ADD}/answer.rs")), "// mine\n");
    // With room for the starter only, or for nothing: the progress file comes first.
    course.run(&["reset", "1.1"]).code(0).says("your answer is kept as");
}

/// The last step, after the answer has been moved.
#[cfg(unix)]
#[test]
fn the_backup_is_named_before_the_starter_can_fail() {
    let course = Course::new();
    course.answer("// mine\n");
    let ran = course.run(&["reset", "1.1"]).code(0);
    let kept = ran.stdout.find("your answer is kept as").expect("it is named");
    assert!(kept < ran.stdout.find("the starter is back").expect("it is told"), "{}", ran.stdout);
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
        .tells("line 3 of `.course/progress` makes no sense: `%%%`; it is kept as `.course/progress.damaged-1`");
    assert_eq!(course.read(".course/progress.damaged-1"), "%%%\n");
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
fn progress_of_an_editor_that_marks_or_widens_its_text_is_read() {
    let course = Course::new();
    let text = "# mine\nsums/add passed\r\nsums/double hints 1\r\n";
    let wide = |unit: fn(u16) -> [u8; 2]| {
        ["\u{feff}", text].concat().encode_utf16().flat_map(unit).collect::<Vec<u8>>()
    };
    let marked = ["\u{feff}", text].concat().into_bytes();
    for bytes in [marked, wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
        course.write(".course/progress", "");
        fs::write(course.path(".course/progress"), bytes).expect("it is written");
        let ran = course.run(&["progress"]).code(0).says("✓ 1.1 add").says("double  1 hint seen");
        assert_eq!(ran.stderr, "");
        course.run(&["hint", "1.2", "2"]).code(0);
        let expected = "# mine\nsums/add passed\nsums/double hints 2\n";
        assert!(course.read(".course/progress").ends_with(expected));
    }
}

#[test]
fn what_is_no_file_is_set_aside_as_it_is() {
    let course = Course::new();
    course.write(".course/progress/inside", "kept");
    course
        .run(&["progress"])
        .code(0)
        .says("0 of 3 exercises done")
        .tells("`.course/progress` is not a file: it is kept as `.course/progress.damaged-1`");
    assert_eq!(course.read(".course/progress.damaged-1/inside"), "kept");
    course.run(&["hint", "1.1"]).code(0);
    assert!(course.read(".course/progress").contains("sums/add hints 1"));
}

#[test]
fn a_progress_file_without_end_is_not_read_to_its_end() {
    let course = Course::new();
    let line = "sums/add passed\n";
    course.write(".course/progress", &line.repeat(100_000));
    let ran = course.run(&["progress"]).code(0).says("✓ 1.1 add").tells("progress.damaged-1");
    assert!(ran.stderr.contains("is longer than 1 MiB"), "{}", ran.stderr);
    assert!(course.read(".course/progress").len() < 200);
}

#[cfg(unix)]
#[test]
fn a_progress_file_that_may_not_be_read_is_left_alone_and_says_how_to_get_it() {
    use std::os::unix::fs::PermissionsExt;
    let course = Course::new();
    course.write(".course/progress", "sums/add passed\n");
    let path = course.path(".course/progress");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("it is ours");
    if fs::read(&path).is_ok() {
        eprintln!("not tested: this user may read everything (is it the superuser?)");
        return;
    }
    course.run(&["progress"]).code(3).tells("Permission denied").tells("chmod u+rw");
    course.run(&["doctor"]).code(3).says("progress file: cannot read").says("chmod u+rw");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it is ours");
    course.run(&["progress"]).code(0).says("✓ 1.1 add");
}

#[cfg(unix)]
#[test]
fn a_progress_file_behind_a_link_stays_there() {
    let course = Course::new();
    course.write("elsewhere/progress", "sums/double passed\n");
    fs::create_dir_all(course.path(".course")).expect("it is made");
    std::os::unix::fs::symlink("../elsewhere/progress", course.path(".course/progress"))
        .expect("a link is made");
    course.run(&["hint", "1.1"]).code(0);
    assert!(course.path(".course/progress").is_symlink());
    assert!(course.read("elsewhere/progress").contains("sums/add hints 1\n"));
}

#[cfg(unix)]
#[test]
fn what_is_yours_is_ignored_by_git_behind_a_link_too() {
    let course = Course::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in the workspace");
    fs::copy(root.join(".gitignore"), course.path(".gitignore")).expect("it is there");
    let git =
        |arguments: &[&str]| Command::new("git").args(arguments).current_dir(&course.root).output();
    if !git(&["init", "--quiet"]).is_ok_and(|output| output.status.success()) {
        eprintln!("not tested: there is no git");
        return;
    }
    course.write("elsewhere/file", "");
    fs::create_dir_all(course.path("docs/browser")).expect("it is made");
    for link in [".course", "docs/book", "docs/browser/node_modules", "target"] {
        std::os::unix::fs::symlink(course.path("elsewhere"), course.path(link))
            .expect("a link is made");
        let output = git(&["check-ignore", link]).expect("git runs");
        assert!(output.status.success(), "git would take {link}");
    }
}

#[test]
fn progress_that_cannot_be_written_is_the_machines_fault() {
    let course = Course::new();
    // A file where the folder should be: no permission in the world helps, not even the
    // superuser's.
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
