//! `hint`: one step at a time, the least revealing first.

use super::exercise::tell_markdown;
use super::named_or_next;
use crate::catalog::{Catalog, Exercise};
use crate::exit::{Exit, Problem};
use crate::progress::{self, Progress};
use crate::say::{TITLE, TYPE, outln};
use crate::verify::hints;
use anyhow::{Context, Result};
use std::fs;

pub fn run(catalog: &Catalog, words: Option<&str>, number: Option<&str>) -> Result<Exit> {
    let Some(exercise) = named_or_next(catalog, words)? else {
        outln!("Every exercise is done: there is nothing to hint at.");
        return Ok(Exit::Done);
    };
    let path = exercise.folder.join("hints.md");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let hints = hints(&text);
    let seen = Progress::read(catalog)?.of(exercise).hints as usize;
    let number = match number {
        Some(words) => asked(exercise, words, hints.len())?,
        None => (seen + 1).min(hints.len()),
    };
    let Some(hint) = number.checked_sub(1).and_then(|at| hints.get(at)) else {
        return Err(Problem::failed(format!("{} has no hints", exercise.id())).into());
    };
    outln!(
        "{TITLE}{} {}: hint {number} of {}{TITLE:#}",
        exercise.short(),
        exercise.id(),
        hints.len()
    );
    outln!();
    tell_markdown(hint);
    outln!();
    if number < hints.len() {
        outln!("more    {TYPE}cargo course hint {} {}{TYPE:#}", exercise.short(), number + 1);
    } else {
        outln!(
            "That was the last hint. The answer: {TYPE}cargo course solution {} --anyway{TYPE:#}",
            exercise.short()
        );
    }
    progress::mark_hints(catalog, exercise, u32::try_from(number).unwrap_or(u32::MAX))
        .context("the hint is shown, but cannot be remembered")?;
    Ok(Exit::Done)
}

fn asked(exercise: &Exercise, words: &str, all: usize) -> Result<usize> {
    let number = words.parse().ok().filter(|number| (1..=all).contains(number));
    number.ok_or_else(|| {
        Problem::usage(format!(
            "there is no hint `{words}`: {} has hints 1 to {all}",
            exercise.id()
        ))
        .into()
    })
}
