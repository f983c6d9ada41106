//! `mistakes`: the ways to go wrong in an exercise, and what the check says to each.

use super::named;
use crate::catalog::{Catalog, Exercise};
use crate::exit::{Exit, Problem};
use crate::mistake::edit::{Edit, Line};
use crate::mistake::{self, Entry, Form, Mistake};
use crate::progress::Progress;
use crate::say::{BAD, GOOD, QUIET, TITLE, TYPE, outln, width, wrapped};
use crate::transcript::sentence;
use anyhow::Result;

pub fn run(
    catalog: &Catalog,
    words: Option<&str>,
    name: Option<&str>,
    anyway: bool,
) -> Result<Exit> {
    let exercise = named(catalog, words, "mistakes")?;
    if !anyway && !Progress::read(catalog)?.of(exercise).passed {
        let (short, id) = (exercise.short(), exercise.id());
        return Err(Problem::failed(format!(
            "{id} has not passed yet: `cargo course check {short}` judges it, and \
             `cargo course mistakes {short} --anyway` shows the ways to go wrong all the same"
        ))
        .into());
    }
    let all = mistake::all(exercise);
    let Some(name) = name else {
        tell_list(exercise, &all);
        return Ok(Exit::Done);
    };
    let entry = mistake::named(exercise, &all, name)?;
    match &entry.mistake {
        Ok(mistake) => tell_one(catalog, exercise, entry, mistake),
        Err(why) => return Err(Problem::failed(format!("{} {why}", entry.file)).into()),
    }
    Ok(Exit::Done)
}

fn tell_list(exercise: &Exercise, all: &[Entry]) {
    let (short, count) = (exercise.short(), all.len());
    outln!("{TITLE}{short} {}: {count} ways to go wrong{TITLE:#}", exercise.id());
    outln!();
    let digits = count.to_string().len();
    let indent = digits + 4;
    for (at, entry) in all.iter().enumerate() {
        let title = entry.mistake.as_ref().map_or(&entry.slug, |mistake| &mistake.title);
        let mut lines = wrapped(title, width().saturating_sub(indent)).into_iter();
        let first = lines.next().unwrap_or_default();
        outln!("  {TYPE}{:>digits$}{TYPE:#}  {first}", at + 1);
        lines.for_each(|line| outln!("{:indent$}{line}", ""));
    }
    outln!();
    outln!("shows one  {TYPE}cargo course mistakes {short} 1{TYPE:#}");
}

fn tell_one(catalog: &Catalog, exercise: &Exercise, entry: &Entry, mistake: &Mistake) {
    for line in wrapped(&mistake.title, width()) {
        outln!("{TITLE}{line}{TITLE:#}");
    }
    outln!("{QUIET}{} {}{QUIET:#}", exercise.short(), entry.slug);
    outln!();
    match &mistake.form {
        Form::Edit { base, edit } => {
            let base = exercise.folder.join(base.file_name());
            outln!("{QUIET}an edit of {}{QUIET:#}", catalog.shown(&base));
            tell_edit(edit);
        }
        Form::Whole(_) => {
            let path = catalog.shown(&exercise.folder.join(&entry.file));
            outln!("{QUIET}no edit of another answer, but a whole one: {path}{QUIET:#}");
        }
    }
    outln!();
    tell_wrapped("why        ", &mistake.because);
    tell_wrapped("caught by  ", &sentence(&mistake.caught_by));
    tell_wrapped("says       ", &format!("… {} …", mistake.says));
}

fn tell_edit(edit: &Edit) {
    for (at, hunk) in edit.hunks().enumerate() {
        if at > 0 {
            outln!("{QUIET}⋮{QUIET:#}");
        }
        for line in hunk {
            match line {
                Line::Kept(_) => outln!("{line}"),
                Line::Removed(_) => outln!("{BAD}{line}{BAD:#}"),
                Line::Added(_) => outln!("{GOOD}{line}{GOOD:#}"),
            }
        }
    }
}

/// A text behind a label, as wide as the terminal.
fn tell_wrapped(label: &str, text: &str) {
    let indent = label.chars().count();
    for (at, line) in wrapped(text, width().saturating_sub(indent)).iter().enumerate() {
        let before = if at == 0 { label } else { "" };
        outln!("{before:indent$}{line}");
    }
}
