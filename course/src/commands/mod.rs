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
use crate::exit::{Exit, Problem};
use crate::{names, progress as marks, verify};
use anyhow::Result;
use clap::ArgMatches;
use std::path::PathBuf;

/// Runs the command that was asked for.
///
/// # Errors
///
/// What keeps it from doing so.
pub fn dispatch(catalog: &Catalog, matches: &ArgMatches) -> Result<Exit> {
    let Some((command, matches)) = matches.subcommand() else {
        return Err(Problem::words("which command? `cargo course --help` lists them").into());
    };
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    match command {
        "list" => list::run(catalog),
        "lesson" => lesson::run(catalog, text("lesson"), timeline::Request::of(matches).as_ref()),
        "exercise" => exercise::run(catalog, text("exercise")),
        "check" => check::run(catalog, text("exercise")),
        "hint" => hint::run(catalog, text("exercise"), text("number")),
        "solution" => solution::run(catalog, text("exercise"), matches.get_flag("anyway")),
        "mistakes" => {
            let anyway = matches.get_flag("anyway");
            mistakes::run(catalog, text("exercise"), text("name"), anyway)
        }
        "reset" => reset::run(catalog, text("exercise")),
        "watch" => watch::run(catalog, text("exercise")),
        "predict" => {
            let answer = matches.get_many::<String>("answer");
            let answer = answer.map(|words| words.cloned().collect::<Vec<_>>().join(" "));
            predict::run(catalog, text("prediction"), answer.as_deref())
        }
        "progress" => progress::run(catalog, matches.get_flag("json")),
        "doctor" => doctor::run(catalog),
        "verify" => verified(catalog, matches),
        other => Err(Problem::words(format!(
            "`{other}` is no command; `cargo course --help` lists them"
        ))
        .into()),
    }
}

/// `verify`, or what helps an author with one mistake.
fn verified(catalog: &Catalog, matches: &ArgMatches) -> Result<Exit> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let (show, rewrite) = (matches.get_flag("show"), matches.get_flag("rewrite"));
    let Some(name) = text("mistake").filter(|_| show || rewrite) else {
        return verify::run(catalog, text("exercise"));
    };
    let exercise = named(catalog, text("exercise"), "verify")?;
    if show {
        return verify::author::show(exercise, name);
    }
    let from = matches.get_one::<PathBuf>("from").map(PathBuf::as_path);
    verify::author::rewrite(catalog, exercise, name, from)
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
        None => Err(Problem::words(format!(
            "which exercise? Such as `cargo course {command} 3.1`; `cargo course list` shows the lessons"
        ))
        .into()),
    }
}
