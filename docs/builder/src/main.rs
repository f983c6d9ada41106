//! `cargo book` builds the book and says where it is; `cargo run -p book -- check` proves it.

use book::Course;
use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::{Command, ExitCode, exit};

const USAGE: &str = "\
Usage: cargo run -p book -- COMMAND        (`cargo book` is short for `… -- build`)

  build [--open]   builds the book into docs/book, and says where it is
  check            reads the book and reports whatever in it is not true

Exit codes: 0 done, 1 the build failed or something is not true, 2 wrong words, 3 nothing can be printed.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // `cargo book --help` arrives here as `build --help`.
    if words.iter().any(|word| matches!(*word, "-h" | "--help" | "help")) {
        say(format_args!("{USAGE}"));
        return ExitCode::SUCCESS;
    }
    match words.as_slice() {
        ["build"] => on_the_course(|course| build(course, false)),
        ["build", "--open"] => on_the_course(|course| build(course, true)),
        ["check"] => on_the_course(check),
        [] => misuse("say what to do"),
        words => misuse(&format!("`{}` is not understood", words.join(" "))),
    }
}

fn misuse(why: &str) -> ExitCode {
    eprintln!("{why}\n\n{USAGE}");
    ExitCode::from(2)
}

fn on_the_course(work: impl FnOnce(&Course) -> ExitCode) -> ExitCode {
    let here = std::env::current_dir().ok();
    match here.as_deref().and_then(Course::around) {
        Some(course) => work(&course),
        None => misuse(
            "this folder does not lie in the course: go to a folder below the one with docs/book.toml",
        ),
    }
}

fn build(course: &Course, open: bool) -> ExitCode {
    let (page, findings) = match book::build(course) {
        Ok(built) => built,
        Err(error) => {
            eprintln!("the book could not be built: {error:#}");
            return ExitCode::FAILURE;
        }
    };
    say(format_args!("The book is built: {}", page.display()));
    match open {
        true => open_in_browser(&page),
        false => {
            say(format_args!("Open that file in a browser, or let `cargo book --open` do it."))
        }
    }
    for finding in &findings {
        eprintln!("{finding}");
    }
    match findings.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn open_in_browser(page: &Path) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let opened = Command::new(program).args(arguments).arg(page).status();
    if !opened.is_ok_and(|status| status.success()) {
        say(format_args!("`{program}` did not open it: open the file by hand."));
    }
}

fn check(course: &Course) -> ExitCode {
    let findings = book::check(course);
    for finding in &findings {
        say(format_args!("{finding}"));
    }
    match findings.len() {
        0 => {
            say(format_args!("The book is true: nothing found."));
            ExitCode::SUCCESS
        }
        1 => {
            say(format_args!("\n1 finding"));
            ExitCode::FAILURE
        }
        n => {
            say(format_args!("\n{n} findings"));
            ExitCode::FAILURE
        }
    }
}

/// Prints a line. Where nobody reads any more, as in `cargo book | head -1`, the work goes on
/// without a word.
fn say(line: Arguments<'_>) {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "error: cannot write to standard output: {error}");
            exit(3);
        }
        _ => {}
    }
}
