//! The command line of *Ready or Pending*: runs lessons, judges exercises, and proves the checks.
//!
//! The way of a command through the files:
//!
//! - [`cli`] says which commands there are, [`names`] which lesson or exercise a name means, and
//!   [`catalog`] which lessons and exercises exist, by reading the folders;
//! - [`commands`] has a file for each command, with what it prints;
//! - [`cargo`] builds, [`judge`] runs a built check test by test, and [`transcript`] and
//!   [`explain`] turn what the tests printed into what the learner reads;
//! - [`mistake`] reads the wrong answers that belong to an exercise;
//! - [`verify`] proves the checks themselves, with the same judge;
//! - [`prediction`] says which programs are to be predicted, [`order`] reads what the learner
//!   expects, and [`recording`] what really happened;
//! - [`run`] is below all that starts a process: it ends what hangs, with everything that it
//!   started, for which [`group`] has each system's way; [`capture`] bounds what may be printed;
//! - [`exit`] has the exit statuses: 0 it worked, 1 it failed, 2 the command line was misused, 3
//!   the machine lacks something, 124 it ran past its limit and was ended.
//!
//! It depends on no lesson, so that it works while some crate of the workspace does not compile.

mod capture;
mod cargo;
mod catalog;
mod cli;
mod commands;
mod excerpt;
mod exit;
mod explain;
mod files;
mod group;
mod judge;
mod mistake;
mod names;
mod order;
mod prediction;
mod program;
mod progress;
mod recording;
mod run;
mod say;
mod transcript;
mod verify;

use anyhow::Result;
use clap::error::{ContextKind, ErrorKind};
use exit::{Exit, Problem};
use say::errln;
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
        Err(error) => return ExitCode::from(explain_usage(&error).code()),
    };
    let Some(request) = cli::Request::of(&matches) else {
        return ExitCode::from(Exit::Usage.code());
    };
    let exit = start(request).unwrap_or_else(|error| {
        if !error.downcast_ref::<Problem>().is_some_and(|problem| problem.is_told) {
            errln!("{}error{}: {error:#}", say::BAD.render(), say::BAD.render_reset());
        }
        exit::of(&error)
    });
    ExitCode::from(exit.code())
}

fn start(request: cli::Request) -> Result<Exit> {
    run::end_all_on_interrupt()
        .map_err(|error| Problem::machine(format!("cannot listen for Ctrl-C: {error}")))?;
    let catalog = catalog::Catalog::read()?;
    for trouble in &catalog.troubles {
        errln!("{}left out{}: {trouble}", say::BAD.render(), say::BAD.render_reset());
    }
    commands::run(&catalog, request)
}

/// Clap's own words; for a command that does not exist, the list of those that do.
fn explain_usage(error: &clap::Error) -> Exit {
    say::must_be_written(error.print());
    let guessed = error.get(ContextKind::SuggestedSubcommand).is_some();
    if error.kind() == ErrorKind::InvalidSubcommand && !guessed {
        let names: Vec<_> =
            cli::command().get_subcommands().map(|one| one.get_name().to_owned()).collect();
        errln!("\nThe commands are: {}", names.join(", "));
    }
    if error.use_stderr() { Exit::Usage } else { Exit::Done }
}
