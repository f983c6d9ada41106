//! How a check is told to the learner.

use std::path::Path;

use crate::judge::{Report, Verdict};
use crate::say::{BAD, GOOD, QUIET, TITLE, marks, outln};
use crate::transcript::{Panic, sentence};

/// How much of a message, and of what the answer printed, is shown.
const MOST_LINES: usize = 40;
const TAIL_LINES: usize = 12;

/// One line: whether a test passed.
pub fn tell_line(report: &Report) {
    let marks = marks();
    let (style, mark) = match report.verdict {
        Verdict::Passed => (GOOD, marks.passed),
        Verdict::NotRun => (QUIET, marks.skipped),
        _ => (BAD, marks.failed),
    };
    outln!("  {style}{mark}{style:#} {}", sentence(&report.test));
}

/// Why tests failed, each reason once: one slip often fails many of them in the same words.
///
/// Returns how many different reasons there were.
pub fn tell_failures<'a>(failed: impl Iterator<Item = &'a Report>) -> usize {
    let mut reasons: Vec<Vec<&Report>> = Vec::new();
    for report in failed {
        match reasons.iter_mut().find(|reason| alike(reason[0], report)) {
            Some(reason) => reason.push(report),
            None => reasons.push(vec![report]),
        }
    }
    reasons.iter().for_each(|reason| tell_reason(reason));
    reasons.len()
}

/// Whether both failed in the same words, so that saying them once is enough.
fn alike(one: &Report, other: &Report) -> bool {
    let alone = |report: &Report| match &report.verdict {
        Verdict::Panicked { others, .. } => others.is_empty(),
        _ => true,
    };
    let printed_alike =
        same_but_for_numbers(&one.printed, &other.printed) || one.verdict == Verdict::OverBytes;
    same_but_for_numbers(&one.reason(), &other.reason())
        && printed_alike
        && alone(one)
        && alone(other)
}

/// Whether two reasons are one. What a bare `assert_eq!` says has only numbers to tell it by.
fn same_but_for_numbers(one: &str, other: &str) -> bool {
    let is_bare =
        |words: &str| words.starts_with("assertion `left") && plain(words).len() == words.len();
    one == other || !is_bare(one) && without_numbers(one) == without_numbers(other)
}

/// Puts a `#` for each number, and one for a list of them, however long.
fn without_numbers(words: &str) -> String {
    let mut short = String::new();
    // What comes between two numbers of a list, and belongs to it only if another number follows.
    let mut between = None::<String>;
    for character in words.chars() {
        match (&mut between, character) {
            (Some(gap), '0'..='9') => gap.clear(),
            (None, '0'..='9') => {
                short.push('#');
                between = Some(String::new());
            }
            (Some(gap), ' ' | ',' | '.' | '(' | ')' | '[' | ']') => gap.push(character),
            (gap, other) => {
                short += &gap.take().unwrap_or_default();
                short.push(other);
            }
        }
    }
    short + &between.unwrap_or_default()
}

/// The tests that failed for one reason; the reason, where, and what the answer printed on the way.
fn tell_reason(reports: &[&Report]) {
    outln!();
    for report in reports {
        outln!("{TITLE}{}{TITLE:#}", sentence(&report.test));
    }
    let report = reports[0];
    if let Verdict::Panicked { others, .. } = &report.verdict {
        others.iter().for_each(tell_other);
    }
    for line in shorten(plain(&report.reason()), MOST_LINES) {
        outln!("  {line}");
    }
    if let Verdict::Panicked { panic, .. } = &report.verdict {
        outln!("  {QUIET}at {}{QUIET:#}", panic.location);
    }
    if !report.printed.is_empty() {
        outln!("  {QUIET}it printed:{QUIET:#}");
        for line in tail(&report.printed, TAIL_LINES) {
            outln!("  {QUIET}|{QUIET:#} {line}");
        }
    }
}

/// A panic that did not end the test, but may be what led there.
fn tell_other(panic: &Panic) {
    let first = panic.message.lines().next().unwrap_or_default();
    let place = place(&panic.location);
    outln!("  {QUIET}(a panic in thread '{}'{place}: {first}){QUIET:#}", panic.thread);
}

/// Where a panic was, if it was in the course: what lies elsewhere on the machine is nothing that
/// the learner could fix.
fn place(location: &str) -> String {
    if Path::new(location).is_absolute() { String::new() } else { format!(", at {location}") }
}

/// The check's own words, without the macro's before them.
fn plain(message: &str) -> &str {
    let asserted = ["assertion `left == right` failed: ", "assertion `left != right` failed: "];
    asserted.iter().find_map(|words| message.strip_prefix(words)).unwrap_or(message)
}

/// The first lines, and a word on how many were left out.
fn shorten(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<_> = text.lines().map(clip).collect();
    if lines.len() > most {
        let left_out = lines.len() - most;
        lines.truncate(most);
        lines.push(format!("[… {left_out} more lines …]"));
    }
    lines
}

/// The last lines, and a word where some were left out.
fn tail(text: &str, most: usize) -> Vec<String> {
    let lines: Vec<_> = text.lines().collect();
    let skipped = lines.len().saturating_sub(most);
    let note = (skipped > 0).then(|| "[… earlier lines left out …]".to_owned());
    note.into_iter().chain(lines[skipped..].iter().map(|line| clip(line))).collect()
}

/// A line without end is not a line.
fn clip(line: &str) -> String {
    const MOST: usize = 500;
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{} […]", &line[..at]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(test: &str, words: &str, printed: &str) -> Report {
        let verdict = Verdict::Failed(words.to_owned());
        Report {
            test: test.to_owned(),
            verdict,
            printed: printed.to_owned(),
            output: String::new(),
        }
    }

    #[test]
    fn only_places_in_the_course_are_told() {
        assert_eq!(
            place("lessons/06-x/exercises/1-y/answer.rs:3:9"),
            ", at lessons/06-x/exercises/1-y/answer.rs:3:9"
        );
        let elsewhere = std::env::temp_dir().join("registry/src/a-crate/src/mutex.rs:59:9");
        assert_eq!(place(&elsewhere.to_string_lossy()), "");
    }

    #[test]
    fn the_same_words_are_said_once() {
        let failed = [
            report("one", "it blocks", ""),
            report("two", "it lies", ""),
            report("three", "it blocks", ""),
            report("four", "it blocks", "and prints"),
        ];
        assert_eq!(tell_failures(failed.iter()), 3);
        assert!(alike(&failed[0], &failed[2]) && !alike(&failed[0], &failed[3]));
    }

    #[test]
    fn a_reason_whose_numbers_differ_is_said_once() {
        let words = |limits: &str, step: u32| {
            let words =
                format!("the tasks have {limits} steps, and it yielded step {step} of task 2");
            report("it_works", &words, "")
        };
        let failed = [words("[2, 2, 2]", 1), words("[0, 3]", 10), words("[7]", 3)];
        assert_eq!(tell_failures(failed.iter()), 1);
        assert_eq!(
            without_numbers("took (1, 2), (3, 4). 5 are left, 1,000 x"),
            "took (# are left, # x"
        );
        assert!(!same_but_for_numbers("1 is missing", "1 is there"));
        let bare = |left| format!("assertion `left == right` failed\n  left: {left}\n right: 2");
        assert!(!same_but_for_numbers(&bare(1), &bare(3)), "they are all that it says");
        let worded =
            |left| format!("assertion `left == right` failed: a sum\n  left: {left}\n right: 2");
        assert!(same_but_for_numbers(&worded(1), &worded(3)));
    }

    #[test]
    fn long_texts_are_shortened_and_say_so() {
        assert_eq!(shorten("a\nb\nc", 2), ["a", "b", "[… 1 more lines …]"]);
        assert_eq!(tail("a\nb\nc", 2), ["[… earlier lines left out …]", "b", "c"]);
        assert_eq!(tail("a\nb", 2), ["a", "b"]);
        assert!(clip(&"é".repeat(10_000)).chars().count() < 510);
    }
}
