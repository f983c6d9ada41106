//! `mistakes`: the ways to go wrong in an exercise, and what the check says to each.

use super::named;
use crate::catalog::{Catalog, Exercise};
use crate::exit::{Exit, Problem};
use crate::mistake::edit::{Edit, Line};
use crate::mistake::{self, Form, Mistake};
use crate::names;
use crate::progress::Progress;
use crate::say::{BAD, GOOD, QUIET, TITLE, TYPE, say, width, wrapped};
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
    let all: Vec<_> = mistake::all(exercise)
        .into_iter()
        .filter_map(|entry| Some((entry.slug, entry.file, entry.mistake.ok()?)))
        .collect();
    match name {
        None => tell_list(exercise, all.iter().map(|(_, _, mistake)| mistake)),
        Some(name) => {
            let at = chosen(exercise, name, all.iter().map(|(slug, _, _)| slug.as_str()))?;
            let (slug, file, mistake) = &all[at];
            tell_one(catalog, exercise, slug, file, mistake);
        }
    }
    Ok(Exit::Done)
}

fn tell_list<'a>(exercise: &Exercise, mistakes: impl ExactSizeIterator<Item = &'a Mistake>) {
    let (short, count) = (exercise.short(), mistakes.len());
    say!("{TITLE}{short} {}: {count} ways to go wrong{TITLE:#}", exercise.id());
    say!();
    let digits = count.to_string().len();
    for (at, mistake) in mistakes.enumerate() {
        let mut lines = wrapped(&mistake.title, width().saturating_sub(digits + 4)).into_iter();
        let first = lines.next().unwrap_or_default();
        say!("  {TYPE}{:>digits$}{TYPE:#}  {first}", at + 1);
        lines.for_each(|line| say!("{:1$}{line}", "", digits + 4));
    }
    say!();
    say!("shows one  {TYPE}cargo course mistakes {short} 1{TYPE:#}");
}

/// The mistake with this number in the list, or this name.
fn chosen<'a>(
    exercise: &Exercise,
    name: &str,
    slugs: impl Iterator<Item = &'a str>,
) -> Result<usize> {
    let slugs: Vec<_> = slugs.collect();
    let at = match name.parse::<usize>() {
        Ok(number) => number.checked_sub(1).filter(|at| *at < slugs.len()),
        Err(_) => slugs.iter().position(|slug| *slug == name),
    };
    at.ok_or_else(|| {
        let near = names::nearest(name, slugs.iter().copied());
        let near = near.map(|slug| format!(": did you mean `{slug}`?")).unwrap_or_default();
        Problem::words(format!(
            "{} has no mistake `{name}`{near}\nthey go from 1 to {}: `cargo course mistakes {}` lists them",
            exercise.id(),
            slugs.len(),
            exercise.short()
        ))
        .into()
    })
}

fn tell_one(catalog: &Catalog, exercise: &Exercise, slug: &str, file: &str, mistake: &Mistake) {
    tell_wrapped("", &mistake.title, true);
    say!("{QUIET}{} {slug}{QUIET:#}", exercise.short());
    say!();
    match &mistake.form {
        Form::Edit { base, edit } => {
            let base = exercise.folder.join(base.file_name());
            say!("{QUIET}an edit of {}{QUIET:#}", catalog.shown(&base));
            tell_edit(edit);
        }
        Form::Whole(_) => {
            let path = catalog.shown(&exercise.folder.join(file));
            say!("{QUIET}no edit of another answer, but a whole one: {path}{QUIET:#}");
        }
    }
    say!();
    tell_wrapped("why        ", &mistake.because, false);
    tell_wrapped("caught by  ", &sentence(&mistake.caught_by), false);
    tell_wrapped("says       ", &format!("… {} …", mistake.says), false);
}

fn tell_edit(edit: &Edit) {
    for (at, hunk) in edit.hunks().enumerate() {
        if at > 0 {
            say!("{QUIET}⋮{QUIET:#}");
        }
        for line in hunk {
            match line {
                Line::Kept(_) => say!("{line}"),
                Line::Removed(_) => say!("{BAD}{line}{BAD:#}"),
                Line::Added(_) => say!("{GOOD}{line}{GOOD:#}"),
            }
        }
    }
}

/// A text behind a label, as wide as the terminal.
fn tell_wrapped(label: &str, text: &str, title: bool) {
    let indent = label.chars().count();
    for (at, line) in wrapped(text, width().saturating_sub(indent)).iter().enumerate() {
        let before = if at == 0 { label } else { "" };
        if title {
            say!("{TITLE}{line}{TITLE:#}");
        } else {
            say!("{before:indent$}{line}");
        }
    }
}
