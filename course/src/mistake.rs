//! The mistakes of an exercise: plausible wrong answers, each with the test that must catch it.
//!
//! Most mistakes are pages, `wrong/<name>.md`, each with an [`Edit`] of an answer that passes: the
//! solution, or one in `right/`. So it is visible which lines *are* the mistake, and proved that
//! they are, because the base passes and base plus edit does not. A mistake that is not an edit of
//! anything, because the whole thought is another, is a whole file, `wrong/<name>.rs`, with the
//! same fields in its header.
//!
//! - [`page`] reads a page, and writes one;
//! - [`header`] reads the header of a whole file;
//! - [`edit`] finds an edit's place in its base, applies it, and makes one from two texts.

pub mod edit;
mod header;
pub mod page;

use crate::catalog::Exercise;
use crate::exit::Problem;
use crate::names;
use edit::Edit;
use std::fs;
use std::path::Path;

/// What makes an answer wrong, and what must be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What the mistake is: the page's heading.
    pub title: String,
    /// The test that must fail.
    pub caught_by: String,
    /// A part of what that test says.
    pub says: String,
    /// Why it is a mistake.
    pub because: String,
    pub form: Form,
}

/// How the wrong answer is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// As an edit of an answer that passes.
    Edit { base: Base, edit: Edit },
    /// As a whole file, which holds this.
    Whole(String),
}

/// The answer that an edit starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    Solution,
    /// `right/<slug>.rs`.
    Right(String),
}

impl Base {
    /// The file, below the exercise's folder.
    pub fn file_name(&self) -> String {
        match self {
            Base::Solution => "solution.rs".to_owned(),
            Base::Right(slug) => format!("right/{slug}.rs"),
        }
    }
}

/// A file in `wrong/`: its slug, its name below the exercise's folder, and the mistake in it, or
/// why it cannot be read as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub slug: String,
    pub file: String,
    pub mistake: Result<Mistake, String>,
}

/// The mistakes of an exercise, in the order of their names.
pub fn all(exercise: &Exercise) -> Vec<Entry> {
    let files = fs::read_dir(exercise.folder.join("wrong")).into_iter().flatten().flatten();
    let mut entries: Vec<_> = files.filter_map(|file| entry(&file.path())).collect();
    entries.sort_by(|one, other| one.file.cmp(&other.file));
    for at in 1..entries.len() {
        if entries[at].slug == entries[at - 1].slug {
            entries[at].mistake = Err("stands there as a page and as a whole file".to_owned());
        }
    }
    entries
}

fn entry(path: &Path) -> Option<Entry> {
    let read = match path.extension()?.to_str()? {
        "md" => page::read,
        "rs" => header::read,
        _ => return None,
    };
    let text = fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"));
    let file = format!("wrong/{}", path.file_name()?.to_str()?);
    Some(Entry {
        slug: path.file_stem()?.to_str()?.to_owned(),
        file,
        mistake: text.and_then(|text| read(&text)),
    })
}

/// The mistake that the user means: its name, or its number in the list.
///
/// # Errors
///
/// If there is none: with a near miss where there is one, and the range.
pub fn named<'a>(exercise: &Exercise, all: &'a [Entry], words: &str) -> Result<&'a Entry, Problem> {
    let found = match words.parse::<usize>() {
        Ok(number) => number.checked_sub(1).and_then(|at| all.get(at)),
        Err(_) => all.iter().find(|entry| entry.slug == words),
    };
    found.ok_or_else(|| {
        let near = names::nearest(words, all.iter().map(|entry| entry.slug.as_str()));
        let near = near.map(|slug| format!(": did you mean `{slug}`?")).unwrap_or_default();
        let (id, short) = (exercise.id(), exercise.short());
        Problem::usage(format!(
            "{id} has no mistake `{words}`{near}\nthey go from 1 to {}: `cargo course mistakes {short}` \
             lists them",
            all.len()
        ))
    })
}

impl Mistake {
    /// The wrong answer, whole.
    ///
    /// # Errors
    ///
    /// In words, if the base cannot be read, or the edit does not fit it.
    pub fn answer(&self, exercise: &Exercise) -> Result<String, String> {
        match &self.form {
            Form::Whole(source) => Ok(source.clone()),
            Form::Edit { base, edit } => {
                let name = base.file_name();
                let text = fs::read_to_string(exercise.folder.join(&name))
                    .map_err(|error| format!("its base `{name}` cannot be read: {error}"))?;
                edit.apply(&text.replace("\r\n", "\n"))
                    .map_err(|misfit| format!("its edit does not fit `{name}`: {misfit}"))
            }
        }
    }
}
