//! `solution`: the reference answer, and how it differs from the learner's.

use super::named;
use crate::catalog::{Catalog, Exercise};
use crate::exit::{Exit, Problem};
use crate::files::{self, Answer};
use crate::progress::Progress;
use crate::say::{BAD, GOOD, QUIET, TITLE, outln};
use anyhow::{Context, Result};
use similar::TextDiff;
use std::fs;

pub fn run(catalog: &Catalog, words: Option<&str>, anyway: bool) -> Result<Exit> {
    let exercise = named(catalog, words, "solution")?;
    if !anyway && !Progress::read(catalog)?.of(exercise).passed {
        return Err(not_yet(exercise).into());
    }
    let path = exercise.solution();
    let solution =
        fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    outln!("{TITLE}{}{TITLE:#}", catalog.shown(&path));
    outln!();
    outln!("{}", solution.trim_end());
    outln!();
    tell_difference(catalog, exercise, &solution)
}

fn not_yet(exercise: &Exercise) -> Problem {
    let (short, id) = (exercise.short(), exercise.id());
    Problem::failed(format!(
        "{id} has not passed yet: `cargo course check {short}` judges it, `cargo course hint {short}` helps, \
         and `cargo course solution {short} --anyway` shows the reference all the same"
    ))
}

fn tell_difference(catalog: &Catalog, exercise: &Exercise, solution: &str) -> Result<Exit> {
    if files::answer(exercise)? == Answer::Untouched {
        outln!("{QUIET}You have not begun an answer of your own to compare it with.{QUIET:#}");
        return Ok(Exit::Done);
    }
    let path = exercise.answer();
    let answer = fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let answer = String::from_utf8_lossy(&answer).replace("\r\n", "\n");
    let solution = solution.replace("\r\n", "\n");
    if answer == solution {
        outln!("Your answer is the same.");
        return Ok(Exit::Done);
    }
    outln!("{TITLE}From yours to the reference{TITLE:#}");
    let difference = TextDiff::from_lines(answer.as_str(), solution.as_str());
    let mut unified = difference.unified_diff();
    let names = (catalog.shown(&path), catalog.shown(&exercise.solution()));
    for line in unified.context_radius(3).header(&names.0, &names.1).to_string().lines() {
        match line.as_bytes().first() {
            Some(b'+') => outln!("{GOOD}{line}{GOOD:#}"),
            Some(b'-') => outln!("{BAD}{line}{BAD:#}"),
            Some(b'@') => outln!("{QUIET}{line}{QUIET:#}"),
            _ => outln!("{line}"),
        }
    }
    Ok(Exit::Done)
}
