//! One file for each command.

mod check;
mod doctor;
mod exercise;
mod hint;
mod lesson;
mod list;
mod mistakes;
mod predict;
mod progress;
mod reset;
mod solution;
mod timeline;
mod watch;

use crate::catalog::{Catalog, Exercise};
use crate::cli::Request;
use crate::exit::{Exit, Problem};
use crate::{names, progress as marks, verify};
use anyhow::Result;

/// Does what was asked for.
///
/// # Errors
///
/// What keeps it from doing so.
pub fn run(catalog: &Catalog, request: Request) -> Result<Exit> {
    match request {
        Request::List => list::run(catalog),
        Request::Lesson { lesson, timeline } => {
            lesson::run(catalog, lesson.as_deref(), timeline.as_ref())
        }
        Request::Predict { prediction, answer } => {
            predict::run(catalog, prediction.as_deref(), answer.as_deref())
        }
        Request::Exercise { exercise } => exercise::run(catalog, exercise.as_deref()),
        Request::Check { exercise } => check::run(catalog, exercise.as_deref()),
        Request::Hint { exercise, number } => {
            hint::run(catalog, exercise.as_deref(), number.as_deref())
        }
        Request::Solution { exercise, anyway } => {
            solution::run(catalog, exercise.as_deref(), anyway)
        }
        Request::Mistakes { exercise, name, anyway } => {
            mistakes::run(catalog, exercise.as_deref(), name.as_deref(), anyway)
        }
        Request::Reset { exercise } => reset::run(catalog, exercise.as_deref()),
        Request::Watch { exercise } => watch::run(catalog, exercise.as_deref()),
        Request::Progress { json } => progress::run(catalog, json),
        Request::Doctor => doctor::run(catalog),
        Request::Verify { exercise } => verify::run(catalog, exercise.as_deref()),
        Request::ShowMistake { exercise, name } => {
            verify::author::show(named(catalog, exercise.as_deref(), "verify")?, &name)
        }
        Request::RewriteMistake { exercise, name, from } => {
            let exercise = named(catalog, exercise.as_deref(), "verify")?;
            verify::author::rewrite(catalog, exercise, &name, from.as_deref())
        }
    }
}

/// The exercise that is named, or the next undone one; `None` if none is named and all are done.
fn named_or_next<'a>(catalog: &'a Catalog, words: Option<&str>) -> Result<Option<&'a Exercise>> {
    match words {
        Some(words) => Ok(Some(names::exercise(catalog, words)?)),
        None => Ok(marks::Progress::read(catalog)?.next(catalog)),
    }
}

/// The exercise that must be named.
fn named<'a>(catalog: &'a Catalog, words: Option<&str>, command: &str) -> Result<&'a Exercise> {
    match words {
        Some(words) => Ok(names::exercise(catalog, words)?),
        None => Err(Problem::usage(format!(
            "which exercise? Such as `cargo course {command} 3.1`; `cargo course list` shows the lessons"
        ))
        .into()),
    }
}
