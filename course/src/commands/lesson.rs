//! `lesson N`: builds the lesson's program and runs it.

use super::timeline;
use crate::catalog::Catalog;
use crate::cli::Timeline;
use crate::exit::Exit;
use crate::group::Subject;
use crate::run::{self, Output};
use crate::{names, program};
use anyhow::{Context, Result};

pub fn run(catalog: &Catalog, words: Option<&str>, timeline: Option<&Timeline>) -> Result<Exit> {
    let words = words.ok_or_else(|| names::lesson_wanted(catalog))?;
    let lesson = names::lesson(catalog, words)?;
    if let Some(request) = timeline {
        return timeline::write(catalog, lesson, request);
    }
    let command = program::of_lesson(catalog, lesson)?;
    let path = command.get_program().to_owned();
    let end = run::supervise(Subject::Program, command, lesson.limit, Output::Inherited)
        .with_context(|| format!("cannot run `{}`", path.display()))?;
    program::tell_end(lesson, end)
}
