//! How a command ends: the exit statuses, and errors that know theirs.

use std::fmt;
use std::io;

/// What a command came to, once it has said everything there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It worked, or it passed.
    Done,
    /// A check failed, a lesson did, or `verify` found a shortfall.
    Failed,
    /// The command line was misused.
    Usage,
    /// The machine lacks something.
    Machine,
    /// It ran past its limit and was ended.
    Overran,
}

impl Exit {
    /// The process's exit status.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Machine => 3,
            Exit::Overran => 124,
        }
    }

    /// The graver of two, for a command that does several things: being ended outranks failing.
    pub fn worse(self, other: Exit) -> Exit {
        if self.code() >= other.code() { self } else { other }
    }
}

/// An error with the exit status that it deserves.
#[derive(Debug)]
pub struct Problem {
    pub exit: Exit,
    message: String,
    /// Whether everything has been said already.
    pub is_told: bool,
}

impl Problem {
    /// Something failed, and whoever noticed has said so in full.
    pub fn told(exit: Exit) -> Self {
        Self { exit, message: "it has been told".to_owned(), is_told: true }
    }

    /// The command failed: exit status 1.
    pub fn failed(message: impl Into<String>) -> Self {
        Self { exit: Exit::Failed, message: message.into(), is_told: false }
    }

    /// The command line was misused: exit status 2. `message` says what would have been right.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), is_told: false }
    }

    /// The machine lacks something: exit status 3. `message` says how to get it.
    pub fn machine(message: impl Into<String>) -> Self {
        Self { exit: Exit::Machine, message: message.into(), is_told: false }
    }

    /// Something ran past its limit: exit status 124.
    pub fn overran(message: impl Into<String>) -> Self {
        Self { exit: Exit::Overran, message: message.into(), is_told: false }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// The exit status for an error: its own if it is a [`Problem`], the machine's fault if the system
/// refused something, and a failure otherwise.
pub fn of(error: &anyhow::Error) -> Exit {
    if let Some(problem) = error.downcast_ref::<Problem>() {
        return problem.exit;
    }
    let refused = error.chain().any(|cause| cause.is::<io::Error>());
    if refused { Exit::Machine } else { Exit::Failed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn an_error_of_the_system_is_the_machines_fault() {
        let refused: Result<(), _> = Err(io::Error::from(io::ErrorKind::PermissionDenied));
        let error = refused.context("cannot write `answer.rs`").expect_err("it is an error");
        assert_eq!(of(&error), Exit::Machine);
    }

    #[test]
    fn a_problem_keeps_its_status_below_a_context() {
        let error = anyhow::Error::new(Problem::usage("no such lesson")).context("lesson 9");
        assert_eq!(of(&error), Exit::Usage);
        assert_eq!(of(&anyhow::anyhow!("anything else")), Exit::Failed);
    }

    #[test]
    fn being_ended_outranks_failing() {
        assert_eq!(Exit::Failed.worse(Exit::Overran), Exit::Overran);
        assert_eq!(Exit::Failed.worse(Exit::Done), Exit::Failed);
    }
}
