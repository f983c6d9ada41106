//! The command line of *Ready or Pending*: runs lessons, judges exercises, and proves the checks.
//!
//! The way of a command through the files:
//!
//! - [`cli`] says which words there are, [`names`] which lesson or exercise they mean, and [`catalog`]
//!   which lessons and exercises exist, by reading the folders;
//! - [`commands`] has a file for each command, with what it prints;
//! - [`cargo`] builds, [`judge`] runs a built check test by test, and [`transcript`] and [`words`] turn
//!   what the tests printed into what the learner reads;
//! - [`mistake`] reads the wrong answers that belong to an exercise;
//! - [`verify`] proves the checks themselves, with the same judge;
//! - [`prediction`] says which programs are to be predicted, [`order`] reads what the learner expects, and
//!   [`recording`] what really happened;
//! - [`run`] is below all that starts a process: it ends what hangs, with everything that it started,
//!   for which [`group`] has each system's way; [`capture`] bounds what may be printed;
//! - [`exit`] has the exit statuses: 0 it worked, 1 it failed, 2 the words were off, 3 the machine lacks
//!   something, 124 it ran past its limit and was ended.
//!
//! It depends on no lesson, so that it works while some crate of the workspace does not compile.

mod capture;
mod cargo;
mod catalog;
mod cli;
mod commands;
mod excerpt;
mod exit;
mod files;
mod group;
mod judge;
mod mistake;
mod names;
mod order;
mod prediction;
mod progress;
mod recording;
mod run;
mod say;
mod transcript;
mod verify;
mod words;

use anyhow::Result;
use clap::ArgMatches;
use clap::error::{ContextKind, ErrorKind};
use exit::{Exit, Problem};
use say::tell;
use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(unix)]
    group::supervisor::enter();
    let mut command = cli::command();
    if say::choose_colour() {
        command = command.color(clap::ColorChoice::Never);
    }
    let matches = match command.try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return ExitCode::from(explain(&error).code()),
    };
    let exit = start(&matches).unwrap_or_else(|error| {
        tell!("{}error{}: {error:#}", say::BAD.render(), say::BAD.render_reset());
        exit::of(&error)
    });
    ExitCode::from(exit.code())
}

fn start(matches: &ArgMatches) -> Result<Exit> {
    run::end_all_on_interrupt()
        .map_err(|error| Problem::machine(format!("cannot listen for Ctrl-C: {error}")))?;
    let catalog = catalog::Catalog::read()?;
    for trouble in &catalog.troubles {
        tell!("{}left out{}: {trouble}", say::BAD.render(), say::BAD.render_reset());
    }
    commands::dispatch(&catalog, matches)
}

/// Clap's own words; for a command that does not exist, the list of those that do.
fn explain(error: &clap::Error) -> Exit {
    say::must_be_written(error.print());
    let guessed = error.get(ContextKind::SuggestedSubcommand).is_some();
    if error.kind() == ErrorKind::InvalidSubcommand && !guessed {
        let names: Vec<_> =
            cli::command().get_subcommands().map(|one| one.get_name().to_owned()).collect();
        tell!("\nThe commands are: {}", names.join(", "));
    }
    if error.use_stderr() { Exit::Words } else { Exit::Done }
}
