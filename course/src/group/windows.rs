//! Job objects.

use super::{Ended, Subject};
use process_wrap::std::{ChildWrapper, CommandWrap, JobObject};
use std::io;
use std::process::{ChildStderr, ChildStdout, Command, Stdio};

/// The number of the signal that Ctrl-C would send elsewhere.
pub const CTRL_C: i32 = 2;

/// Calls `then` when we are asked to end.
///
/// # Errors
///
/// If the system does not let us listen.
pub fn on_interrupt(then: impl Fn(i32) + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(move || then(CTRL_C)).map_err(io::Error::other)
}

/// A job holds what it started: there are no orphans.
pub fn adopt_orphans() {}

/// Nor strays.
pub fn end_strays(_: &[u32]) {}

/// A process in a job object of its own.
pub struct Group {
    child: Box<dyn ChildWrapper>,
}

impl Group {
    /// Starts a command as a job of its own, with its output in pipes or where ours goes.
    ///
    /// # Errors
    ///
    /// If it cannot be started.
    pub fn start(_: Subject, mut command: Command, piped: bool) -> io::Result<Self> {
        command.stdin(Stdio::null());
        if piped {
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
        }
        let child = CommandWrap::from(command).wrap(JobObject).spawn()?;
        Ok(Self { child })
    }

    /// It has been started, or there would be no group.
    ///
    /// # Errors
    ///
    /// None here.
    pub fn started(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Its standard output and standard error, where they are piped; the first time only.
    pub fn streams(&mut self) -> (Option<ChildStdout>, Option<ChildStderr>) {
        (self.child.stdout().take(), self.child.stderr().take())
    }

    /// Whether the process itself has ended. Its children may be alive.
    ///
    /// # Errors
    ///
    /// If the system cannot tell.
    pub fn has_ended(&mut self) -> io::Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether [`Group::end`] may have left something.
    pub fn has_strays(&self) -> bool {
        false
    }

    /// Ends all that is left of the job, and returns how the process ended.
    ///
    /// # Errors
    ///
    /// If the process cannot be waited for.
    pub fn end(&mut self) -> io::Result<Ended> {
        let ended = self.child.try_wait()?;
        // That nobody is left in the job is not an error.
        let _ = self.child.start_kill();
        let status = match ended {
            Some(status) => status,
            None => self.child.wait()?,
        };
        Ok(Ended::Exited(status))
    }
}
