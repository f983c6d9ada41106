//! A process and all that it starts, as one thing that can be ended; and what tells us to end.
//!
//! Unix has process groups: the process leads a group of its own, and whatever it starts is in it. The
//! group's number is the leader's, and stays taken until the leader has been reaped. So a leader that has
//! ended is only looked at ([`Group::has_ended`]); it is reaped by [`Group::end`], after the group has been
//! killed, and the signal cannot reach a stranger that was given the same number.
//!
//! Windows has job objects, which `process-wrap` handles.

#[cfg(unix)]
pub use unix::{CTRL_C, Group, on_interrupt};
#[cfg(windows)]
pub use windows::{CTRL_C, Group, on_interrupt};

#[cfg(unix)]
mod unix {
    use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use std::io;
    use std::os::unix::process::CommandExt;
    use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus};
    use std::thread;

    /// The signal that Ctrl-C sends.
    pub const CTRL_C: i32 = SIGINT;

    /// Calls `then` with the signal that asks us to end.
    ///
    /// # Errors
    ///
    /// If the system does not let us listen.
    pub fn on_interrupt(then: impl Fn(i32) + Send + 'static) -> io::Result<()> {
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        thread::Builder::new()
            .name("interrupt".to_owned())
            .spawn(move || signals.forever().for_each(then))
            .map(drop)
    }

    /// A process that leads its group.
    pub struct Group {
        leader: Child,
        reaped: Option<ExitStatus>,
    }

    impl Group {
        /// Starts a command as a group of its own.
        ///
        /// # Errors
        ///
        /// If it cannot be started.
        pub fn start(mut command: Command) -> io::Result<Self> {
            Ok(Self { leader: command.process_group(0).spawn()?, reaped: None })
        }

        /// Its standard output and standard error, where they are piped; the first time only.
        pub fn streams(&mut self) -> (Option<ChildStdout>, Option<ChildStderr>) {
            (self.leader.stdout.take(), self.leader.stderr.take())
        }

        /// Whether the process itself has ended. Its children may be alive.
        ///
        /// # Errors
        ///
        /// If the system cannot tell.
        pub fn has_ended(&mut self) -> io::Result<bool> {
            if self.reaped.is_some() {
                return Ok(true);
            }
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
            let ended = waitid(WaitId::Pid(Pid::from_child(&self.leader)), options)?;
            Ok(ended.is_some())
        }

        /// Ends all that is left of the group, and returns how the process ended.
        ///
        /// # Errors
        ///
        /// If the process cannot be waited for.
        pub fn end(&mut self) -> io::Result<ExitStatus> {
            if let Some(status) = self.reaped {
                return Ok(status);
            }
            // Not yet reaped, so the number is still the group's. That nobody is left in it is no error.
            let _ = kill_process_group(Pid::from_child(&self.leader), Signal::KILL);
            let status = self.leader.wait()?;
            self.reaped = Some(status);
            Ok(status)
        }
    }
}

#[cfg(windows)]
mod windows {
    use process_wrap::std::{ChildWrapper, CommandWrap, JobObject};
    use std::io;
    use std::process::{ChildStderr, ChildStdout, Command, ExitStatus};

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

    /// A process in a job object of its own.
    pub struct Group {
        child: Box<dyn ChildWrapper>,
    }

    impl Group {
        /// Starts a command as a job of its own.
        ///
        /// # Errors
        ///
        /// If it cannot be started.
        pub fn start(command: Command) -> io::Result<Self> {
            let child = CommandWrap::from(command).wrap(JobObject).spawn()?;
            Ok(Self { child })
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

        /// Ends all that is left of the job, and returns how the process ended.
        ///
        /// # Errors
        ///
        /// If the process cannot be waited for.
        pub fn end(&mut self) -> io::Result<ExitStatus> {
            let ended = self.child.try_wait()?;
            // That nobody is left in the job is no error.
            let _ = self.child.start_kill();
            match ended {
                Some(status) => Ok(status),
                None => self.child.wait(),
            }
        }
    }
}
