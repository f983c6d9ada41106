//! `watch`: checks the exercise being edited again at every save.
//!
//! It looks at the files' times instead of asking the system to be told: that works on network
//! drives and in containers too, and a look at a few dozen files costs next to nothing.

use super::check::check;
use super::named_or_next;
use crate::catalog::{Catalog, Exercise};
use crate::exit::Exit;
use crate::say::{QUIET, errln, outln};
use crate::{files, run};
use anyhow::Result;
use std::collections::VecDeque;
use std::fs;
use std::thread;
use std::time::{Duration, SystemTime};

const LOOK: Duration = Duration::from_millis(150);

pub fn run(catalog: &Catalog, words: Option<&str>) -> Result<Exit> {
    let first = named_or_next(catalog, words)?;
    run::ctrl_c_is_success();
    for exercise in catalog.exercises() {
        files::answer(exercise)?;
    }
    let mut watched: Vec<_> =
        catalog.exercises().map(|exercise| (exercise, state(exercise))).collect();
    match first {
        Some(exercise) => tell_check(catalog, exercise),
        None => outln!("Every exercise is done; what you save now is checked again."),
    }
    tell_waiting();
    loop {
        thread::sleep(LOOK);
        let mut saved = saved(&mut watched);
        if saved.is_empty() {
            continue;
        }
        while let Some(exercise) = saved.pop_front() {
            outln!();
            tell_check(catalog, exercise);
            // What is saved during a check comes after what already waits.
            for exercise in self::saved(&mut watched) {
                if !saved.iter().any(|waits| waits.id() == exercise.id()) {
                    saved.push_back(exercise);
                }
            }
        }
        tell_waiting();
    }
}

/// A check that cannot be made is told, and the next save may fix it.
fn tell_check(catalog: &Catalog, exercise: &Exercise) {
    if let Err(error) = check(catalog, exercise) {
        errln!("error: {error:#}");
    }
}

fn tell_waiting() {
    outln!();
    outln!("{QUIET}waiting for a save; Ctrl-C ends this{QUIET:#}");
}

/// What changes when a file is saved. Some editors keep the time, some the size, none both.
type State = Option<(SystemTime, u64)>;

fn state(exercise: &Exercise) -> State {
    let about = fs::metadata(exercise.answer()).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// The exercises that were saved since the last look. A file that is gone is being written.
fn saved<'a>(watched: &mut [(&'a Exercise, State)]) -> VecDeque<&'a Exercise> {
    let mut saved = VecDeque::new();
    for (exercise, before) in watched {
        let now = state(exercise);
        if now.is_some() && now != *before {
            *before = now;
            saved.push_back(*exercise);
        }
    }
    saved
}
