//! `lesson N --timeline`: the lesson's program is asked for a timeline, which goes where the user
//! says.

mod common;

use common::{Course, Lifeline, SUMS, finish};
use std::fs;

/// A course whose first lesson can record two runs: its program answers with what it was asked.
fn course() -> Course {
    let course = Course::new();
    course.change(
        &format!("{SUMS}/Cargo.toml"),
        "minutes = 5",
        "minutes = 5\nlimit-seconds = 60\ntimelines = [\"adding\", \"taking-away\"]",
    );
    course.write(&format!("{SUMS}/src/main.rs"), MAIN);
    course
}

const MAIN: &str = "\
fn main() {
    let columns = std::env::var(\"COLUMNS\").unwrap_or_else(|_| \"-\".into());
    let asked: Vec<_> = std::env::args().skip(1).collect();
    println!(\"<{}> {columns}\", asked.join(\" \"));
}
";

#[test]
fn without_a_file_it_is_standard_output() {
    let course = course();
    for format in ["text", "svg", "chrome", "json"] {
        let ran = course.run(&["lesson", "1", "--timeline", format]).code(0);
        assert_eq!(ran.stdout, format!("<--timeline {format} --run adding> -\n"));
    }
    course
        .run(&["lesson", "sums", "--timeline", "text", "--run", "taking-away", "--ascii"])
        .code(0)
        .says("<--timeline text --run taking-away --ascii> -")
        .never_says("there is also");
    course
        .run(&["lesson", "1", "--timeline=text"])
        .code(0)
        .tells("this was adding; there is also --run taking-away");
    let ran = course.run(&["lesson", "1", "--timeline", "svg", "--out", "-"]).code(0);
    assert_eq!(ran.stdout, "<--timeline svg --run adding> -\n");
}

#[test]
fn a_file_is_where_the_user_stands_and_replacing_one_is_told() {
    let course = course();
    fs::create_dir(course.path("pictures")).expect("the folder is made");
    let run = |file: &str| {
        let mut command = course.command(&["lesson", "1", "--timeline", "svg", "--out", file]);
        // How wide this terminal is does not matter in a file.
        command.current_dir(course.path("pictures")).env("COLUMNS", "50");
        finish(command.spawn().expect("course starts")).code(0)
    };
    assert_eq!(run("one.svg").stdout, "one.svg is written: open it in a browser\n");
    assert_eq!(course.read("pictures/one.svg"), "<--timeline svg --run adding> -\n");
    course.write("pictures/one.svg", &"x".repeat(1000));
    assert_eq!(run("one.svg").stdout, "one.svg is replaced: open it in a browser\n");
    assert_eq!(course.read("pictures/one.svg"), "<--timeline svg --run adding> -\n");
    run("../two.svg").says("../two.svg is written");
    assert!(course.path("two.svg").is_file());
    let left = fs::read_dir(course.path("pictures")).expect("it is there").count();
    assert_eq!(left, 1, "something is left beside the file");
    course
        .run(&["lesson", "1", "--timeline", "chrome", "--out", "trace.json"])
        .code(0)
        .says("open it at https://ui.perfetto.dev");
}

#[cfg(unix)]
#[test]
fn what_is_no_ordinary_file_is_written_to_and_stays_what_it_is() {
    let course = course();
    course.write("real.svg", "old");
    std::os::unix::fs::symlink("real.svg", course.path("link.svg")).expect("a link is made");
    course.run(&["lesson", "1", "--timeline", "svg", "--out", "link.svg"]).code(0);
    assert!(course.path("link.svg").is_symlink());
    assert_eq!(course.read("real.svg"), "<--timeline svg --run adding> -\n");
    let null = ["lesson", "1", "--timeline", "svg", "--out", "/dev/null"];
    course.run(&null).code(0).says("/dev/null is written");
    assert!(!fs::metadata("/dev/null").expect("it is there").is_file());
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode_and_a_link_that_leads_nowhere_is_refused() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let course = course();
    let out = |file: &str| course.run(&["lesson", "1", "--timeline", "svg", "--out", file]);
    course.write("one.svg", "old");
    let set = |mode| {
        let mode = fs::Permissions::from_mode(mode);
        fs::set_permissions(course.path("one.svg"), mode).expect("it is ours");
    };
    for kept in [0o600, 0o664] {
        set(kept);
        out("one.svg").code(0).says("one.svg is replaced");
        let mode = fs::metadata(course.path("one.svg")).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, kept, "another mode");
    }
    set(0o444);
    out("one.svg").code(3).tells("cannot write `one.svg`: it is read-only");
    symlink("nowhere.svg", course.path("link.svg")).expect("a link is made");
    out("link.svg").code(3).tells("it is a link that leads nowhere");
    assert!(course.path("link.svg").is_symlink());
}

#[test]
fn a_file_that_cannot_be_written_is_told_in_words() {
    let course = course();
    let out = |file: &str| course.run(&["lesson", "1", "--timeline", "svg", "--out", file]);
    out("nowhere/one.svg")
        .code(1)
        .tells("cannot write `nowhere/one.svg`: there is no folder `nowhere`")
        .never_says("building");
    out("lessons").code(1).tells("it is a folder; name a file in it");
    #[cfg(target_os = "linux")]
    out("/proc/one.svg").code(3).tells("cannot write `/proc/one.svg`: ");
}

#[test]
fn words_that_are_off_are_answered_with_what_would_be_right() {
    let course = course();
    course
        .run(&["lesson", "1", "--timeline", "png"])
        .code(2)
        .tells("invalid value 'png'")
        .tells("text, svg, chrome, json");
    course.run(&["lesson", "1", "--timeline"]).code(2).tells("text, svg, chrome, json");
    course.run(&["lesson", "1", "--out", "one.svg"]).code(2).tells("--timeline <FORMAT>");
    course
        .run(&["lesson", "1", "--timeline", "text", "--run", "ading"])
        .code(2)
        .tells("lesson 1 has no run `ading`: did you mean `adding`?")
        .tells("runs of lesson 1: adding, taking-away");
    course
        .run(&["lesson", "2", "--timeline", "text"])
        .code(2)
        .tells("lesson 2 has nothing to record, so it has no timeline")
        .never_says("this is words");
    course.run(&["lesson", "--timeline", "text"]).code(2).tells("which lesson?");
}

#[test]
fn a_program_that_fails_leaves_what_was_there() {
    let course = course();
    course.write("one.svg", "before");
    let main = "fn main() { print!(\"<svg\"); panic!(\"burst\") }\n";
    course.write(&format!("{SUMS}/src/main.rs"), main);
    course
        .run(&["lesson", "1", "--timeline", "svg", "--out", "one.svg"])
        .code(1)
        .tells("burst")
        .tells("lesson 1 failed");
    assert_eq!(course.read("one.svg"), "before");
    course.write(&format!("{SUMS}/src/main.rs"), "fn main() { nonsense() }\n");
    course
        .run(&["lesson", "1", "--timeline", "svg", "--out", "one.svg"])
        .code(1)
        .tells("does not compile");
    assert_eq!(course.read("one.svg"), "before");
}

#[test]
fn a_program_that_hangs_is_ended() {
    let course = course();
    let lifeline = Lifeline::new();
    course.change(&format!("{SUMS}/Cargo.toml"), "limit-seconds = 60", "limit-seconds = 1");
    let main = "fn main() { let _held = hold(); loop { std::thread::park(); } }\n";
    course.write(&format!("{SUMS}/src/main.rs"), &(main.to_owned() + &lifeline.code()));
    course
        .run(&["lesson", "1", "--timeline", "svg", "--out", "one.svg"])
        .code(124)
        .tells("did not finish within 1 s and was ended");
    lifeline.held().must_end();
    assert!(!course.path("one.svg").exists());
}
