//! What helps an author to work on a mistake in an editor: the whole answer of one, and an edit
//! made anew from a whole answer.

use crate::catalog::{Catalog, Exercise};
use crate::exit::{Exit, Problem};
use crate::files;
use crate::mistake::edit::Edit;
use crate::mistake::{self, page};
use crate::say::{outln, raw};
use anyhow::{Context, Result};
use std::fs;
use std::io::Read;
use std::path::Path;

/// What a page begins as: `verify` names what is left to be said.
const BEGINNING: &str = "# \n\n- Caught by: ``\n- Says:\n- Because:\n";

/// Prints the answer that a mistake stands for, whole.
///
/// # Errors
///
/// If there is no such mistake, or its edit does not fit.
pub fn show(exercise: &Exercise, name: &str) -> Result<Exit> {
    let all = mistake::all(exercise);
    let entry = mistake::named(exercise, &all, name)?;
    let answer = entry.mistake.as_ref().map_err(String::clone);
    let answer = answer.and_then(|mistake| mistake.answer(exercise));
    let answer = answer.map_err(|why| Problem::failed(format!("{}: {why}", entry.file)))?;
    raw(answer.as_bytes());
    Ok(Exit::Done)
}

/// Makes a mistake's edit anew from a whole answer, in `from` or on standard input. The rest of its
/// page stays; a page that is not there yet is begun.
///
/// # Errors
///
/// If the answer or the base cannot be read, if they are the same, or if the page cannot be
/// written.
pub fn rewrite(
    catalog: &Catalog,
    exercise: &Exercise,
    name: &str,
    from: Option<&Path>,
) -> Result<Exit> {
    let answer = read(from)?.replace("\r\n", "\n");
    let path = exercise.folder.join("wrong").join(name).with_extension("md");
    let (text, is_new) = match fs::read_to_string(&path) {
        Ok(text) => (text, false),
        Err(_) => (BEGINNING.to_owned(), true),
    };
    let shown = catalog.shown(&path);
    let in_words = |why: String| Problem::failed(format!("`{shown}` {why}"));
    let base =
        if is_new { mistake::Base::Solution } else { page::base(&text).map_err(in_words)? };
    let base = exercise.folder.join(base.file_name());
    let before = fs::read_to_string(&base)
        .with_context(|| format!("cannot read `{}`", base.display()))?
        .replace("\r\n", "\n");
    let edit = Edit::between(&before, &answer).ok_or_else(|| {
        Problem::failed(format!(
            "this answer is its base, `{}`: no mistake in it",
            catalog.shown(&base)
        ))
    })?;
    files::write_if_changed(&path, page::with_edit(&text, &edit).as_bytes())?;
    let what =
        if is_new { "begun: say what the mistake is, and who catches it" } else { "rewritten" };
    outln!("{shown} is {what}");
    Ok(Exit::Done)
}

fn read(from: Option<&Path>) -> Result<String> {
    match from {
        Some(path) => {
            fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
        }
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
            Ok(text)
        }
    }
}
