//! `reset`: back to the starter. The old answer is moved, not deleted, and its new name is told.

use crate::catalog::{Catalog, Exercise};
use crate::exit::{Exit, Problem};
use crate::files::{self, Answer};
use crate::names::{self, Scope};
use crate::say::{TYPE, say};
use anyhow::Result;

pub fn run(catalog: &Catalog, words: Option<&str>) -> Result<Exit> {
    let exercises: Vec<&Exercise> = match words {
        None => {
            return Err(Problem::words(
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

fn reset(catalog: &Catalog, exercise: &Exercise) -> Result<()> {
    if files::answer(exercise)? == Answer::Untouched {
        say!("{} {}: nothing to do, the answer is the starter", exercise.short(), exercise.id());
        return Ok(());
    }
    let backup = files::set_aside(&exercise.answer(), |number| {
        exercise.folder.join(format!("answer.backup-{number}.rs"))
    })?;
    files::answer(exercise)?;
    say!("{} {}: the starter is back", exercise.short(), exercise.id());
    say!("  your answer is kept as {TYPE}{}{TYPE:#}", catalog.shown(&backup));
    Ok(())
}
