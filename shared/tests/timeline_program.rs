//! A program that is asked for a timeline: this one, which runs itself as one.

#[path = "timelines/scenarios.rs"]
#[allow(dead_code, reason = "not every test needs every scenario")]
mod scenarios;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use shared::record::{Format, Request, TextStyle, timeline_if_asked};

/// Set where this runs as the program, and not as its test.
const PROGRAM: &str = "TIMELINE_PROGRAM";

fn main() {
    if std::env::var_os(PROGRAM).is_some_and(|mode| mode == "narrates") {
        return shared::narrate::scene("Told");
    }
    if std::env::var_os(PROGRAM).is_some() {
        timeline_if_asked(&scenarios::ALL);
        return println!("what the program does when nobody asks");
    }
    let folder = tempfile::tempdir().expect("there is room for files");
    unasked_the_program_goes_on();
    without_a_file_it_goes_to_standard_output();
    a_file_is_replaced_whole(folder.path());
    #[cfg(unix)]
    a_file_keeps_its_mode_and_a_link_its_place(folder.path());
    a_file_that_cannot_be_written_is_a_failure_in_words(folder.path());
    #[cfg(target_os = "linux")]
    what_cannot_be_printed_is_a_failure_with_its_cause();
    odd_arguments_are_told_apart_from_failures();
    the_same_arguments_give_the_same_bytes();
    arguments_are_read_as_documented();
    println!("timeline_program: 9 behaviours hold");
}

fn program(arguments: &[&str]) -> Output {
    let this = std::env::current_exe().expect("a program knows where it is");
    let mut command = Command::new(this);
    command.args(arguments).env(PROGRAM, "1").env_remove("COLUMNS");
    command.output().expect("it runs")
}

fn stdout(output: &Output) -> &str {
    str::from_utf8(&output.stdout).expect("it writes UTF-8")
}

fn stderr(output: &Output) -> &str {
    str::from_utf8(&output.stderr).expect("it writes UTF-8")
}

fn unasked_the_program_goes_on() {
    for arguments in [&[][..], &["--other"]] {
        let output = program(arguments);
        assert_eq!(stdout(&output), "what the program does when nobody asks\n");
        assert!(output.status.success());
    }
}

fn without_a_file_it_goes_to_standard_output() {
    for (format, begins) in [
        ("text", "A value arrives from another thread\n"),
        ("svg", "<svg "),
        ("chrome", "{\"displayTimeUnit\""),
        ("json", "{\"words\":"),
    ] {
        let output = program(&["--timeline", format]);
        assert!(stdout(&output).starts_with(begins), "{format}: {}", stdout(&output));
        assert_eq!((stderr(&output), output.status.code()), ("", Some(0)));
    }
    let ascii = program(&["--timeline=text", "--run=ping", "--ascii"]);
    assert!(stdout(&ascii).contains("executor polls ping"));
    assert!(!stdout(&ascii).contains('│'));
}

fn a_file_is_replaced_whole(folder: &Path) {
    let file = folder.join("timeline.svg");
    fs::write(&file, "x".repeat(1_000_000)).expect("it can be written");
    let path = file.to_str().expect("a path of a test");
    let output = program(&["--out", path, "--timeline", "svg", "--run", "ping"]);
    assert_eq!((stdout(&output), stderr(&output), output.status.code()), ("", "", Some(0)));
    let written = fs::read_to_string(&file).expect("it was written");
    assert!(written.starts_with("<svg ") && written.ends_with("</svg>\n"));
    let files = fs::read_dir(folder).expect("it is there").count();
    assert_eq!(files, 1, "something is left beside the file");
}

#[cfg(unix)]
fn a_file_keeps_its_mode_and_a_link_its_place(folder: &Path) {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (file, link, broken) = (folder.join("a.svg"), folder.join("b.svg"), folder.join("c.svg"));
    let out = |path: &Path| {
        program(&["--timeline", "svg", "--out", path.to_str().expect("a path of a test")])
    };
    fs::write(&file, "old").expect("it can be written");
    let set =
        |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("it is ours");
    let mode = || fs::metadata(&file).expect("it is there").permissions().mode() & 0o777;
    symlink("a.svg", &link).expect("a link is made");
    symlink("nowhere.svg", &broken).expect("a link is made");
    for (kept, path) in [(0o600, &file), (0o664, &link)] {
        set(kept);
        assert_eq!(out(path).status.code(), Some(0));
        assert_eq!(mode(), kept, "another mode");
        assert!(link.is_symlink());
        assert!(fs::read_to_string(&file).expect("it is there").starts_with("<svg "));
    }
    set(0o444);
    assert!(stderr(&out(&file)).ends_with("it is read-only\n"));
    assert!(stderr(&out(&broken)).contains("it is a link that leads nowhere"));
    assert!(broken.is_symlink());
    [file, link, broken].iter().for_each(|file| fs::remove_file(file).expect("it is there"));
}

fn a_file_that_cannot_be_written_is_a_failure_in_words(folder: &Path) {
    let nowhere = folder.join("no such folder").join("timeline.svg");
    for path in [nowhere.as_path(), folder] {
        let path = path.to_str().expect("a path of a test");
        let output = program(&["--timeline", "svg", "--out", path]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).starts_with(&format!("cannot write `{path}`: ")), "{output:?}");
    }
}

#[cfg(target_os = "linux")]
fn what_cannot_be_printed_is_a_failure_with_its_cause() {
    for (mode, arguments) in [("1", &["--timeline", "svg"][..]), ("narrates", &[])] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("it is there");
        let mut command = Command::new(std::env::current_exe().expect("it knows where it is"));
        command.args(arguments).env(PROGRAM, mode).stdout(full);
        let output = command.output().expect("it runs");
        let words = "cannot write to standard output: No space left on device";
        assert!(stderr(&output).starts_with(words), "{mode}: {output:?}");
        assert_eq!(output.status.code(), Some(1));
    }
}

fn odd_arguments_are_told_apart_from_failures() {
    for (arguments, words) in [
        (
            &["--timeline", "png"][..],
            "there is no timeline format `png`: choose text, svg, chrome or json\n",
        ),
        (&["--timeline"], "`--timeline` needs a format: text, svg, chrome or json after it\n"),
        (&["--timeline", "svg", "--out"], "`--out` needs a file after it\n"),
        (
            &["--timeline", "svg", "--run", "pong"],
            "there is no run `pong`: choose threads, ping, everything, coroutines\n",
        ),
        (&["--timeline", "svg", "--fast"], "`--fast` is not an option of a timeline\n"),
    ] {
        let output = program(arguments);
        assert_eq!((stderr(&output), output.status.code()), (words, Some(2)), "{arguments:?}");
        assert_eq!(stdout(&output), "");
    }
}

fn the_same_arguments_give_the_same_bytes() {
    for format in ["text", "svg", "chrome", "json"] {
        let first = program(&["--timeline", format]).stdout;
        assert!((0..4).all(|_| program(&["--timeline", format]).stdout == first), "{format}");
    }
}

fn arguments_are_read_as_documented() {
    let parse = |words: &str| Request::parse(words.split_whitespace().map(Into::into));
    assert_eq!(parse("--out x"), Ok(None));
    let request = parse("--timeline=chrome --out a/b.json --run ping").unwrap().unwrap();
    assert_eq!((request.format, request.ascii), (Format::Chrome, false));
    assert_eq!(request.out.as_deref(), Some(Path::new("a/b.json")));
    let written = request.written(&scenarios::ALL, &TextStyle::default()).unwrap();
    assert!(written.contains("Two tasks take turns"));
}
