//! `list`: the lessons, as a table of contents. Two lines for each: one would be wider than many
//! terminals.

use crate::catalog::Catalog;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::say::{GOOD, QUIET, TITLE, outln};
use anyhow::Result;

pub fn run(catalog: &Catalog) -> Result<Exit> {
    let progress = Progress::read(catalog)?;
    let name =
        catalog.lessons.iter().map(|lesson| lesson.name.chars().count()).max().unwrap_or_default();
    for lesson in &catalog.lessons {
        let done = lesson.exercises.iter().filter(|exercise| progress.of(exercise).passed).count();
        let all = lesson.exercises.len();
        let style = if all > 0 && done == all { GOOD } else { QUIET };
        let minutes = lesson.minutes.map(|minutes| format!("{minutes} min")).unwrap_or_default();
        outln!(
            "{:>2}  {TITLE}{:name$}{TITLE:#}  {QUIET}{minutes:>7}{QUIET:#}  {style}{done} of {all} done{style:#}",
            lesson.number,
            lesson.name,
        );
        outln!("    {}", lesson.promise);
    }
    Ok(Exit::Done)
}
