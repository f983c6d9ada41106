//! Blocks of Rust in the text: those that are not included are compiled and run, and what the text
//! says about them is compared with what happens.

use crate::compiler::{self, Message, Outcome, Program, Run};
use crate::course::Course;
use crate::finding::{Finding, Kind};
use crate::library::Libraries;
use crate::outline::{Block, Outline};
use crate::page::{Line, Page};
use crate::pattern::{Pattern, pattern};
use crate::quote::{Extent, Quote, compare};
use anyhow::{Context, Result};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What a block says will happen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Promise {
    Runs,
    Compiles,
    Panics,
    /// It does not compile, with this code.
    Refused(Option<String>),
}

/// A hand-written block of Rust, and the blocks that quote what comes of it.
struct Example<'a> {
    page: &'a Page,
    block: &'a Block,
    promise: Promise,
    program: Program,
    quotes: Vec<(Quote, &'a Block)>,
}

static CODE: Pattern = pattern(r"^E\d{4}$");

/// Compiles and runs every hand-written block of Rust in the book.
pub fn check(course: &Course, pages: &[(Page, Outline)], findings: &mut Vec<Finding>) {
    let mut examples = Vec::new();
    for (page, outline) in pages {
        collect(page, outline, &mut examples, findings);
    }
    match try_all(course, &examples) {
        Ok(outcomes) => {
            for (example, outcome) in examples.iter().zip(&outcomes) {
                example.judge(outcome, findings);
            }
        }
        Err(error) => findings.extend(examples.first().map(|example| {
            let words = format!("the blocks of Rust could not be tried: {error:#}");
            example.page.finding(Kind::BrokenRust, example.block.line, words)
        })),
    }
}

fn collect<'a>(
    page: &'a Page,
    outline: &'a Outline,
    examples: &mut Vec<Example<'a>>,
    findings: &mut Vec<Finding>,
) {
    let mut last = Met::Elsewhere;
    for block in &outline.blocks {
        if block.language() == "rust" {
            last = Met::Tried;
            match example(page, block) {
                Ok(Some(example)) => examples.push(example),
                Ok(None) => last = Met::Elsewhere,
                Err(None) => last = Met::Reported,
                Err(Some(words)) => {
                    last = Met::Reported;
                    findings.push(page.finding(Kind::BrokenRust, block.line, words));
                }
            }
        }
        let quote = block.comment.as_ref().map(|(_, comment)| Quote::parse(comment));
        let Some(Ok(quote @ (Quote::Output | Quote::CompilerError | Quote::CompilerWarning))) =
            quote
        else {
            continue;
        };
        match (last, examples.last_mut()) {
            (Met::Tried, Some(example)) => example.quotes.push((quote, block)),
            (Met::Reported, _) => {}
            _ => {
                let words = "no block of Rust above it that is tried here: an included block is the lesson's \
                             business, so quote the lesson's transcript, or write the block out";
                findings.push(page.finding(Kind::WrongOutput, block.line, words));
            }
        }
    }
}

/// What the block of Rust that was met last is.
#[derive(Clone, Copy)]
enum Met {
    /// None, or one that is included from a crate.
    Elsewhere,
    /// The last of the examples.
    Tried,
    /// One that has been reported, and can say nothing.
    Reported,
}

/// The example that a block is; `None` for one that is included from a crate, which cargo compiles.
/// An error without words has been reported.
fn example<'a>(page: &'a Page, block: &'a Block) -> Result<Option<Example<'a>>, Option<String>> {
    if lines(page, block).any(|line| line.missing) {
        return Err(None);
    }
    let promise = promise(&block.words()[1..])?;
    if included(page, block)? {
        return Ok(None);
    }
    let code = unhidden(&block.body);
    let run = matches!(promise, Promise::Runs | Promise::Panics);
    Ok(Some(Example { page, block, promise, program: Program { code, run }, quotes: Vec::new() }))
}

/// The lines inside the block.
fn lines<'a>(page: &'a Page, block: &Block) -> impl Iterator<Item = &'a Line> + Clone {
    page.lines.iter().skip(block.line + 1).take(block.body.len())
}

fn promise(marks: &[&str]) -> Result<Promise, String> {
    let mut promise = Promise::Runs;
    for &mark in marks {
        promise = match (mark, &promise) {
            ("no_run", Promise::Runs) => Promise::Compiles,
            ("should_panic", Promise::Runs) => Promise::Panics,
            ("compile_fail", Promise::Runs) => Promise::Refused(None),
            (code, Promise::Refused(None)) if CODE.is_match(code) => {
                Promise::Refused(Some(code.to_owned()))
            }
            _ => {
                return Err(format!(
                    "`{mark}` is refused here: a block of Rust is tried, so it has no mark, or `no_run`, \
                     `should_panic`, or `compile_fail,E0277`"
                ));
            }
        };
    }
    Ok(promise)
}

/// Whether every line comes from a file of Rust.
fn included(page: &Page, block: &Block) -> Result<bool, String> {
    let mut lines = lines(page, block).filter(|line| !line.text.trim().is_empty());
    let from_rust = |file: &std::path::Path| file.extension().is_some_and(|ext| ext == "rs");
    if !lines.clone().all(|line| from_rust(&line.file)) {
        return Ok(false);
    }
    let compiled = ["lessons", "shared", "course", "benches"];
    match lines.find(|line| !compiled.iter().any(|folder| line.file.starts_with(folder))) {
        Some(line) => Err(format!(
            "includes {}, which belongs to no crate, so nobody compiles it",
            line.file.display()
        )),
        None => Ok(true),
    }
}

/// The code with its hidden lines, as rustdoc and mdBook read them.
fn unhidden(body: &[String]) -> String {
    let lines = body.iter().map(|line| {
        let trimmed = line.trim_start();
        match trimmed.strip_prefix('#') {
            Some("") => "",
            Some(rest) if rest.starts_with('#') => rest,
            Some(rest) => rest.strip_prefix(' ').unwrap_or(line),
            None => line,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Tries all examples, on all cores.
fn try_all(course: &Course, examples: &[Example]) -> Result<Vec<Outcome>> {
    let programs: Vec<&Program> = examples.iter().map(|example| &example.program).collect();
    let codes: Vec<&str> = programs.iter().map(|program| program.code.as_str()).collect();
    let libraries = Libraries::build(course, &codes)?;
    let folder = tempfile::tempdir().context("no temporary folder")?;
    let outcomes: Vec<Mutex<Option<Result<Outcome>>>> =
        programs.iter().map(|_| Mutex::default()).collect();
    let next = AtomicUsize::new(0);
    let worker = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let (Some(program), Some(slot)) = (programs.get(index), outcomes.get(index)) else {
                break;
            };
            let own = folder.path().join(index.to_string());
            let outcome = compiler::try_out(course, &own, &libraries, program);
            *slot.lock().expect("no worker panics with the lock") = Some(outcome);
        }
    };
    let workers = thread::available_parallelism().map_or(1, |n| n.get()).min(programs.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(worker);
        }
    });
    let outcomes = outcomes.into_iter().map(|slot| slot.into_inner().ok().flatten());
    outcomes.map(|outcome| outcome.context("a worker panicked")?).collect()
}

impl Example<'_> {
    fn judge(&self, outcome: &Outcome, findings: &mut Vec<Finding>) {
        if let Some((kind, words)) = self.broken(outcome) {
            findings.push(self.page.finding(kind, self.block.line, words));
            return;
        }
        for (quote, block) in &self.quotes {
            if let Err((kind, words)) = self.quoted(quote, block, outcome) {
                findings.push(self.page.finding(kind, block.line, words));
            }
        }
    }

    /// Whether the block keeps its promise.
    fn broken(&self, outcome: &Outcome) -> Option<(Kind, String)> {
        let errors = &outcome.errors;
        if let Promise::Refused(code) = &self.promise {
            let wrong = |words| Some((Kind::NotACompileError, words));
            return match code {
                _ if errors.is_empty() => {
                    wrong("is marked `compile_fail`, and compiles".to_owned())
                }
                Some(code) if !errors.iter().any(|error| error.code.as_ref() == Some(code)) => {
                    wrong(format!("does not fail with {code}, but so:\n{}", Message::join(errors)))
                }
                None if !self.quotes.iter().any(|(quote, _)| *quote == Quote::CompilerError) => {
                    wrong(format!(
                        "is marked `compile_fail` without a code: name it, or quote the error below \
                         `<!-- compiler error -->`. The compiler says:\n{}",
                        Message::join(errors)
                    ))
                }
                _ => None,
            };
        }
        let broken = |words: String| Some((Kind::BrokenRust, words));
        if !errors.is_empty() {
            return broken(format!("does not compile:\n{}", Message::join(errors)));
        }
        let run = outcome.run.as_ref()?;
        match (run.status, self.promise == Promise::Panics) {
            (None, _) => {
                broken(format!("did not end, and was ended. It had printed:\n{}", said(run)))
            }
            (Some(status), true) if status.success() => {
                broken("is marked `should_panic`, and does not panic".to_owned())
            }
            (Some(status), false) if !status.success() => {
                broken(format!("fails when it runs ({status}):\n{}", said(run)))
            }
            _ => None,
        }
    }

    fn quoted(
        &self,
        quote: &Quote,
        block: &Block,
        outcome: &Outcome,
    ) -> Result<(), (Kind, String)> {
        let (kind, original) = match (quote, &outcome.run) {
            (Quote::Output, Some(run)) => (Kind::WrongOutput, run.stdout.clone()),
            (Quote::Output, None) => {
                let words = "the block above is compiled, and not run, so it prints nothing";
                return Err((Kind::WrongOutput, words.to_owned()));
            }
            (Quote::CompilerWarning, _) => {
                (Kind::WrongCompilerMessage, Message::join(&outcome.warnings))
            }
            _ => (Kind::WrongCompilerMessage, Message::join(&outcome.errors)),
        };
        compare(&block.body, &original, Extent::Whole).map_err(|why| {
            let words = format!("is not what is printed: {why}\nPrinted is:\n{original}");
            (kind, words)
        })
    }
}

fn said(run: &Run) -> String {
    format!("{}{}", run.stdout, run.stderr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_say_what_will_happen() {
        let refused = |code: &str| Promise::Refused(Some(code.to_owned()));
        assert_eq!(promise(&[]), Ok(Promise::Runs));
        assert_eq!(promise(&["no_run"]), Ok(Promise::Compiles));
        assert_eq!(promise(&["should_panic"]), Ok(Promise::Panics));
        assert_eq!(promise(&["compile_fail", "E0277"]), Ok(refused("E0277")));
        for wrong in [
            &["ignore"][..],
            &["no_check"],
            &["E0277"],
            &["edition2018"],
            &["no_run", "should_panic"],
        ] {
            assert!(promise(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn hidden_lines_are_code() {
        let body =
            ["# use std::task;", "#", "#[derive(Debug)]", "struct A;", "## x", "let a = 1; # b"];
        let code = unhidden(&body.map(str::to_owned));
        assert_eq!(code, "use std::task;\n\n#[derive(Debug)]\nstruct A;\n# x\nlet a = 1; # b");
    }
}
