//! `reset`: back to the starter. The old answer is moved, not deleted, and its new name is told.

use crate::catalog::{Catalog, Exercise};
use crate::exit::{Exit, Problem};
use crate::files::{self, Answer, Beside};
use crate::names::{self, Scope};
use crate::progress;
use crate::say::{TYPE, outln};
use anyhow::{Context, Result};
use std::fs;

pub fn run(catalog: &Catalog, words: Option<&str>) -> Result<Exit> {
    let exercises: Vec<&Exercise> = match words {
        None => {
            return Err(Problem::usage(
                "reset what? An exercise (`cargo course reset 3.1`), a lesson (`reset 3`) or everything (`reset all`)",
            )
            .into());
        }
        Some("all") => catalog.exercises().collect(),
        Some(words) => match names::scope(catalog, words)? {
            Scope::Exercise(exercise) => vec![exercise],
            Scope::Lesson(lesson) => lesson.exercises.iter().collect(),
        },
    };
    for exercise in exercises {
        reset(catalog, exercise)?;
    }
    Ok(Exit::Done)
}

/// All that can fail for want of space comes before the answer is moved, and the backup is named
/// before anything else.
fn reset(catalog: &Catalog, exercise: &Exercise) -> Result<()> {
    if files::answer(exercise)? == Answer::Untouched {
        outln!("{} {}: nothing to do, the answer is the starter", exercise.short(), exercise.id());
        return Ok(());
    }
    let (answer, starter) = (exercise.answer(), exercise.starter());
    let unchanged = || format!("nothing is changed: cannot reset `{}`", catalog.shown(&answer));
    let starter = fs::read(&starter)
        .with_context(|| format!("cannot read `{}`", starter.display()))
        .with_context(unchanged)?;
    let new = Beside::write(&answer, &starter).with_context(unchanged)?;
    let number = progress::next_backup(catalog, exercise).with_context(unchanged)?;
    let name = |number| exercise.folder.join(format!("answer.backup-{number}.rs"));
    let backup = files::set_aside(&answer, number, name).with_context(unchanged)?;
    let (short, id) = (exercise.short(), exercise.id());
    outln!("{short} {id}: your answer is kept as {TYPE}{}{TYPE:#}", catalog.shown(&backup));
    new.become_new(&answer).with_context(|| format!("cannot create `{}`", answer.display()))?;
    outln!("{short} {id}: the starter is back");
    Ok(())
}
