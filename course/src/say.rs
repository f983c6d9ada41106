//! Everything that the user reads goes through here: colour on a terminal, plain text elsewhere,
//! and a quiet end where the reader of a pipe has left.

use crate::run;
use anstyle::{AnsiColor, Style};
use std::env;
use std::fmt::Arguments;
use std::io::{self, IsTerminal, Write};

/// Longer lines are hard to read, however wide a terminal is.
const MOST_COLUMNS: usize = 100;

/// For what passed.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// For what failed.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// For titles.
pub const TITLE: Style = Style::new().bold();
/// For what may be skipped: the command that runs, a location.
pub const QUIET: Style = Style::new().dimmed();
/// For what the user may type or open.
pub const TYPE: Style = AnsiColor::Cyan.on_default();

/// Prints a line on standard output.
macro_rules! outln {
    () => { $crate::say::out(format_args!("\n")) };
    ($($words:tt)*) => { $crate::say::out(format_args!("{}\n", format_args!($($words)*))) };
}

/// Prints a line on standard error: what is not the answer to the command.
macro_rules! errln {
    ($($words:tt)*) => { $crate::say::err(format_args!("{}\n", format_args!($($words)*))) };
}

pub(crate) use {errln, outln};

/// Writes to standard output; `outln!` is the way in.
pub fn out(words: Arguments<'_>) {
    finish(anstream::stdout().lock().write_fmt(words));
}

/// Writes to standard error; `errln!` is the way in. Nobody can be told that this failed.
pub fn err(words: Arguments<'_>) {
    let _ = anstream::stderr().lock().write_fmt(words);
}

/// Writes to standard output without ending the line: a question, to be answered behind it.
pub fn ask(words: Arguments<'_>) {
    let mut stdout = anstream::stdout().lock();
    finish(stdout.write_fmt(words).and_then(|()| stdout.flush()));
}

/// Writes bytes to standard output as they are, for JSON and other programs' output. What is left
/// in a buffer would be lost without a word.
pub fn raw(bytes: &[u8]) {
    let mut stdout = io::stdout().lock();
    finish(stdout.write_all(bytes).and_then(|()| stdout.flush()));
}

/// What is written by others, such as the help, ends like everything else.
pub fn must_be_written(written: io::Result<()>) {
    finish(written);
}

/// `CARGO_TERM_COLOR=never` is meant for cargo, and `cargo course` looks like a part of it.
pub fn choose_colour() -> bool {
    let never = env::var_os("CARGO_TERM_COLOR").is_some_and(|choice| choice == "never");
    if never {
        anstream::ColorChoice::Never.write_global();
    }
    never
}

/// `course list | head -1` closes the pipe early: that is not an error, and nothing is left
/// running.
fn finish(written: io::Result<()>) {
    match written {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => run::leave(0),
        Err(error) => {
            err(format_args!("error: cannot write to standard output: {error}\n"));
            run::leave(3);
        }
    }
}

/// The marks in front of a check.
pub struct Marks {
    pub passed: &'static str,
    pub failed: &'static str,
    pub skipped: &'static str,
}

/// Whether the terminal or the locale says that it can show more than letters.
pub fn shows_unicode() -> bool {
    unicode(|name| env::var(name).ok())
}

/// How wide the terminal is to which standard error goes, if it is one.
pub fn error_columns() -> Option<u16> {
    if io::stderr().is_terminal() { columns_of_stderr() } else { None }
}

#[cfg(unix)]
fn columns_of_stderr() -> Option<u16> {
    let columns = rustix::termios::tcgetwinsize(io::stderr()).ok()?.ws_col;
    Some(if columns > 0 { columns } else { 80 })
}

#[cfg(not(unix))]
fn columns_of_stderr() -> Option<u16> {
    Some(80)
}

/// How wide the terminal is, if standard output is one and `COLUMNS` does not say already.
pub fn columns() -> Option<u16> {
    let is_said = env::var_os("COLUMNS").is_some_and(|columns| !columns.is_empty());
    if is_said { None } else { terminal_columns() }
}

#[cfg(unix)]
fn terminal_columns() -> Option<u16> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then_some(size.ws_col)
}

#[cfg(not(unix))]
fn terminal_columns() -> Option<u16> {
    None
}

/// How wide a text may be: as the terminal, or as `COLUMNS` says, at most 100.
pub fn width() -> usize {
    let said = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    said.or(columns().map(usize::from)).unwrap_or(MOST_COLUMNS).clamp(20, MOST_COLUMNS)
}

/// A text as lines of at most `width` characters, broken between words.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Ticks and crosses, or letters where they cannot be shown.
pub fn marks() -> Marks {
    if shows_unicode() {
        Marks { passed: "✓", failed: "✗", skipped: "·" }
    } else {
        Marks { passed: "ok    ", failed: "FAILED", skipped: "-     " }
    }
}

/// A variable that is not set says nothing: many containers set no locale and show UTF-8 all the
/// same.
fn unicode(variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if set("NO_UNICODE").is_some() || matches!(set("TERM").as_deref(), Some("linux" | "dumb")) {
        return false;
    }
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// `1 check`, `3 checks`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> bool {
        unicode(|name| {
            let pair = pairs.iter().find(|(key, _)| *key == name);
            pair.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_locale_that_is_not_utf8_gets_letters() {
        assert!(with(&[]));
        assert!(with(&[("LANG", "en_GB.UTF-8")]));
        assert!(with(&[("LC_ALL", "C.utf8")]));
        assert!(!with(&[("LANG", "C")]));
        assert!(!with(&[("LC_ALL", "POSIX"), ("LANG", "en_GB.UTF-8")]));
        assert!(!with(&[("TERM", "dumb")]));
        assert!(!with(&[("NO_UNICODE", "1"), ("LANG", "en_GB.UTF-8")]));
    }

    #[test]
    fn texts_are_broken_between_words() {
        assert_eq!(wrapped("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrapped("far-too-long a b", 3), ["far-too-long", "a b"]);
        assert_eq!(wrapped("", 3), [""; 0]);
    }

    #[test]
    fn numbers_agree_with_their_nouns() {
        assert_eq!(count(1, "check"), "1 check");
        assert_eq!(count(0, "check"), "0 checks");
    }
}
