//! `predict`: shows a program, takes the order of events that the learner expects, and compares it
//! with the recorded run of that very program.

use crate::cargo::Cargo;
use crate::catalog::Catalog;
use crate::excerpt::Excerpt;
use crate::exit::{Exit, Problem};
use crate::group::{self, Subject};
use crate::prediction::Prediction;
use crate::recording::{self, Event, Recording};
use crate::run::{self, End, Output};
use crate::say::{BAD, GOOD, QUIET, TITLE, TYPE, ask, outln};
use crate::{names, order, program};
use anyhow::{Context, Result};
use std::fs;
use std::io::{self, BufRead, IsTerminal, Read};
use std::process::Command;

/// The longest line that is read: an order has a few letters.
const LONGEST_ANSWER: u64 = 4096;
/// How many events are told at most between two.
const MOST_EVENTS: usize = 30;

pub fn run(catalog: &Catalog, words: Option<&str>, answer: Option<&str>) -> Result<Exit> {
    let Some(words) = words else {
        return list(catalog, answer);
    };
    let prediction = names::prediction(catalog, words)?;
    let Some(program) = Program::build(catalog, prediction)? else {
        return Ok(Exit::Failed);
    };
    let recording = program.record()?;
    let right = recording.order().map_err(|problem| program.broken(&problem))?;
    let mut marks = right.clone();
    marks.sort_unstable();
    tell_question(catalog, &program, &recording);
    let said = answered(answer, &marks)?;
    outln!();
    match (0..right.len()).find(|at| said[*at] != right[*at]) {
        None => {
            outln!("{GOOD}right{GOOD:#}: {}. This is the recording:", order::shown(&right));
            outln!();
            program.show()?;
            tell_next(catalog, prediction);
            Ok(Exit::Done)
        }
        Some(at) => {
            tell_difference(&program.source, &recording, &said, &right, at);
            outln!();
            outln!("again      {TYPE}cargo course predict {}{TYPE:#}", prediction.short());
            Ok(Exit::Failed)
        }
    }
}

fn list(catalog: &Catalog, answer: Option<&str>) -> Result<Exit> {
    if answer.is_some() {
        let words = "which prediction? Such as `cargo course predict 1 --answer 2 1 3`";
        return Err(Problem::usage(words).into());
    }
    let width = catalog.predictions().map(|one| one.id().chars().count()).max();
    let Some(width) = width else {
        return Err(Problem::usage("no lesson has predictions yet").into());
    };
    for prediction in catalog.predictions() {
        let (short, id) = (prediction.short(), prediction.id());
        outln!(
            "{short:>4}  {TITLE}{id:width$}{TITLE:#}  {TYPE}cargo course predict {short}{TYPE:#}"
        );
    }
    Ok(Exit::Done)
}

/// The program to be predicted, built and read.
struct Program<'a> {
    catalog: &'a Catalog,
    prediction: &'a Prediction,
    path: std::path::PathBuf,
    source: Excerpt,
}

impl<'a> Program<'a> {
    /// `None` if it does not compile, which has been told then.
    fn build(catalog: &'a Catalog, prediction: &'a Prediction) -> Result<Option<Self>> {
        let Prediction { package, name, source, .. } = prediction;
        let cargo =
            Cargo::new(&catalog.root, ["build", "--package", package, "--example", name.as_str()]);
        let build = cargo.build_what_is_there()?;
        if !build.worked {
            program::tell_build_failed(&build, &cargo);
            return Ok(None);
        }
        let path = build
            .executable("example", name)
            .with_context(|| format!("`{}` built no program", cargo.shown()))?
            .to_owned();
        let text = fs::read_to_string(source)
            .with_context(|| format!("cannot read `{}`", source.display()))?;
        Ok(Some(Self { catalog, prediction, path, source: Excerpt::of(&text) }))
    }

    fn command(&self, format: &str) -> Command {
        let lesson = self.prediction.source.parent().and_then(|folder| folder.parent());
        let folder = lesson.unwrap_or(&self.catalog.root);
        let mut command = program::command(self.catalog, folder, &self.path);
        command.args(["--timeline", format]);
        command
    }

    fn record(&self) -> Result<Recording> {
        let taken = recording::take(self.command("json"), self.prediction.limit);
        let (end, json) = taken.with_context(|| self.cannot_run())?;
        self.must_succeed(end)?;
        let is_source = |file: &str| self.catalog.root.join(file) == self.prediction.source;
        Recording::read(&json, is_source).map_err(|error| self.broken(&error).into())
    }

    /// Lets the program write its recording as text to where we write.
    fn show(&self) -> Result<()> {
        let mut command = self.command("text");
        program::draw_for_stdout(&mut command, false);
        let end =
            run::supervise(Subject::Program, command, self.prediction.limit, Output::Inherited);
        self.must_succeed(end.with_context(|| self.cannot_run())?)
    }

    fn must_succeed(&self, end: End) -> Result<()> {
        let id = self.prediction.id();
        let words = match end {
            End::Exited(status) if status.success() => return Ok(()),
            End::Exited(status) => {
                return Err(
                    Problem::failed(format!("the program of {id} failed ({status})")).into()
                );
            }
            End::OverTime(limit) => {
                let limit = limit.as_secs();
                format!("the program of {id} did not finish within {limit} s and was ended")
            }
            End::OverBytes => format!("the program of {id} wrote without end and was ended"),
            End::OverMemory => format!("the program of {id} {}", group::memory_words()),
        };
        Err(Problem::overran(words).into())
    }

    fn cannot_run(&self) -> String {
        format!("cannot run `{}`", self.path.display())
    }

    /// The course's fault, not the learner's.
    fn broken(&self, why: &dyn std::fmt::Display) -> Problem {
        let source = self.catalog.shown(&self.prediction.source);
        Problem::failed(format!("the prediction `{source}` is broken: {why}"))
    }
}

fn tell_question(catalog: &Catalog, program: &Program<'_>, recording: &Recording) {
    let Program { prediction, source, .. } = program;
    outln!("{TITLE}{} {}{TITLE:#}", prediction.short(), prediction.id());
    source.question.iter().for_each(|line| outln!("{line}"));
    outln!();
    outln!("{QUIET}{}{QUIET:#}", catalog.shown(&prediction.source));
    for (place, piece) in source.pieces.iter().enumerate() {
        if place > 0 {
            outln!("{QUIET}   …{QUIET:#}");
        }
        for (number, line) in piece {
            let gap = if line.is_empty() { "" } else { "  " };
            outln!("{QUIET}{number:4}{QUIET:#}{gap}{line}");
        }
    }
    outln!();
    outln!("The events:");
    let mut labels: Vec<_> = recording.labelled().map(|(_, label)| label).collect();
    labels.sort_by_key(|label| label.mark);
    for label in labels {
        outln!("  {TYPE}{}{TYPE:#}  {}", label.mark, label.words);
    }
    outln!();
}

/// What the learner answers: with the command, at the prompt, or through a pipe. Who sits at the
/// prompt and slips is asked again.
fn answered(answer: Option<&str>, marks: &[char]) -> Result<Vec<char>> {
    if let Some(answer) = answer {
        outln!("Your order: {answer}");
        return Ok(order::parse(answer, marks)?);
    }
    loop {
        let line = typed(marks)?;
        // Without the end of its line, what was typed is the last that comes: Ctrl-D.
        let is_last = !io::stdin().is_terminal() || !line.ends_with('\n');
        match order::parse(&line, marks) {
            Err(slip) if !is_last => outln!("{slip}"),
            order => return Ok(order?),
        }
    }
}

/// One line of standard input, with its end if it has one.
fn typed(marks: &[char]) -> Result<String> {
    ask(format_args!("Your order, such as {}: ", order::shown(marks)));
    let mut line = Vec::new();
    let stdin = io::stdin();
    let read = stdin.lock().take(LONGEST_ANSWER).read_until(b'\n', &mut line);
    let line = String::from_utf8_lossy(&line).into_owned();
    // The terminal has not gone to the next line by itself.
    if !stdin.is_terminal() || !line.ends_with('\n') {
        outln!("{}", line.trim());
    }
    read.context("cannot read standard input")?;
    Ok(line)
}

/// Where what was said and what was recorded part, and what happened there.
fn tell_difference(
    source: &Excerpt,
    recording: &Recording,
    said: &[char],
    right: &[char],
    at: usize,
) {
    let places: Vec<_> = recording.labelled().map(|(place, _)| place).collect();
    let (named, came) = (said[at], right[at]);
    let (from, last) = match at.checked_sub(1) {
        None => {
            outln!("{BAD}not so{BAD:#}: you say {named} first, but {came} comes first.");
            (0, "the beginning".to_owned())
        }
        Some(before) => {
            let known = order::shown(&right[..at]);
            outln!(
                "{BAD}not so{BAD:#}: {known} is right, then you say {named}, but {came} comes next."
            );
            (places[before] + 1, right[before].to_string())
        }
    };
    outln!("What was recorded, from {last} to {came}:");
    outln!();
    let until = places[at];
    let skipped = (until + 1 - from).saturating_sub(MOST_EVENTS);
    if skipped > 0 {
        outln!("      [… {skipped} earlier events left out …]");
    }
    let events = &recording.events[from + skipped..=until];
    events.iter().for_each(|event| tell_event(source, event));
    if let Some(beginning) = recording.missing_poll(named, until) {
        outln!();
        outln!("{named} comes in a poll that had not begun by then:");
        outln!();
        tell_event(source, beginning);
    }
}

fn tell_event(source: &Excerpt, event: &Event) {
    let line = event.line.filter(|line| source.shows(*line));
    let line = line.map(|line| line.to_string()).unwrap_or_default();
    match &event.label {
        None => outln!("{QUIET}{line:>4}{QUIET:#}  {}", event.sentence),
        Some(_) => outln!("{QUIET}{line:>4}{QUIET:#}  {TITLE}{}{TITLE:#}", event.sentence),
    }
}

fn tell_next(catalog: &Catalog, done: &Prediction) {
    let after = |other: &&Prediction| other.lesson == done.lesson && other.number > done.number;
    outln!();
    match catalog.predictions().find(after) {
        Some(next) => {
            let (short, name) = (next.short(), &next.name);
            outln!("next       {TYPE}cargo course predict {short}{TYPE:#}   ({name})");
        }
        None => {
            let (number, name) = (done.lesson_number, &done.lesson);
            outln!("next       {TYPE}cargo lesson {number}{TYPE:#}   ({name})");
        }
    }
}
