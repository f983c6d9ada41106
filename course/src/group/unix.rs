//! Our end of the socket.

use super::supervisor::{self, WORD};
use super::{Ended, Subject};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::{self, Read};
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The signal that Ctrl-C sends.
pub const CTRL_C: i32 = SIGINT;

/// How long a supervisor may take to start or to end everything before we go on without it. It
/// needs milliseconds; one that an answer has stopped needs for ever.
const PATIENCE: Duration = Duration::from_secs(10);

/// Calls `then` with the signal that asks us to end. A signal that was ignored when we were started
/// stays ignored: so `nohup` and a script's `&` ask for it.
///
/// # Errors
///
/// If the system does not let us listen.
pub fn on_interrupt(then: impl Fn(i32) + Send + 'static) -> io::Result<()> {
    let heard = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| !is_ignored(*signal));
    let mut signals = Signals::new(heard)?;
    thread::Builder::new()
        .name("interrupt".to_owned())
        .spawn(move || signals.forever().for_each(then))
        .map(drop)
}

fn is_ignored(signal: i32) -> bool {
    let mut action = std::mem::MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: without a new action the call only writes the present one, for which there is room.
    // If it fails, what stands there is zeroes, which are a valid value: the default action.
    let action = unsafe {
        libc::sigaction(signal, std::ptr::null(), action.as_mut_ptr());
        action.assume_init()
    };
    action.sa_sigaction == libc::SIG_IGN
}

/// Makes what a supervisor leaves behind ours, for when somebody ends the supervisor.
pub fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    {
        // Without it, only that rare case goes unseen.
        let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
    }
}

/// Ends what has become ours because its supervisor was ended by force. The supervisors that are
/// still at work are named, and what is below them is left alone.
#[cfg(target_os = "linux")]
pub fn end_strays(at_work: &[u32]) {
    let number = |number: &u32| Pid::from_raw(i32::try_from(*number).ok()?);
    let at_work: Vec<_> = at_work.iter().filter_map(number).collect();
    super::tree::end_descendants(&at_work);
}

/// Ends what has become ours, which is nothing here.
#[cfg(not(target_os = "linux"))]
pub fn end_strays(_: &[u32]) {}

/// A process, its supervisor, and the line between us.
pub struct Group {
    supervisor: Child,
    line: UnixStream,
    ended: Option<Ended>,
    has_strays: bool,
}

impl Group {
    /// Starts a command as a group of its own, with its output in pipes or where ours goes. Whether
    /// that worked, [`Group::started`] says.
    ///
    /// # Errors
    ///
    /// If its supervisor cannot be started.
    pub fn start(subject: Subject, command: Command, piped: bool) -> io::Result<Self> {
        let (line, theirs) = UnixStream::pair()?;
        let mut supervised = Command::new(ourselves()?);
        supervised.arg(WORD).arg(supervisor::kind(subject));
        supervised.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => supervised.env(name, value),
                None => supervised.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            supervised.current_dir(folder);
        }
        if piped {
            supervised.stdout(Stdio::piped()).stderr(Stdio::piped());
        }
        supervised.stdin(OwnedFd::from(theirs)).process_group(0);
        let supervisor = supervised.spawn()?;
        Ok(Self { supervisor, line, ended: None, has_strays: false })
    }

    /// Waits for the supervisor's word on whether the command could be started.
    ///
    /// # Errors
    ///
    /// Why it could not.
    pub fn started(&mut self) -> io::Result<()> {
        self.line.set_read_timeout(Some(PATIENCE))?;
        let mut word = Vec::new();
        let mut byte = [0];
        // Byte by byte: what comes after the line is read when it is over.
        // One that is stopped before it says so has started all the same, and will be ended.
        while matches!(self.line.read(&mut byte), Ok(1)) && byte != *b"\n" {
            word.extend(byte);
        }
        let word = String::from_utf8_lossy(&word);
        match word.strip_prefix("refused ").and_then(|number| number.parse().ok()) {
            Some(number) => Err(io::Error::from_raw_os_error(number)),
            None => Ok(()),
        }
    }

    /// Its standard output and standard error, where they are piped; the first time only.
    pub fn streams(&mut self) -> (Option<ChildStdout>, Option<ChildStderr>) {
        (self.supervisor.stdout.take(), self.supervisor.stderr.take())
    }

    /// The supervisor's number.
    pub fn id(&self) -> u32 {
        self.supervisor.id()
    }

    /// Whether it is over: the process has ended, and so has what it started.
    ///
    /// # Errors
    ///
    /// If the system cannot tell.
    pub fn has_ended(&mut self) -> io::Result<bool> {
        if self.ended.is_some() {
            return Ok(true);
        }
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let ended = waitid(WaitId::Pid(Pid::from_child(&self.supervisor)), options)?;
        Ok(ended.is_some())
    }

    /// Whether [`Group::end`] may have left something, because the supervisor did not come to its
    /// end.
    pub fn has_strays(&self) -> bool {
        self.has_strays
    }

    /// Ends all that is left, and returns how the process ended.
    ///
    /// # Errors
    ///
    /// If the supervisor cannot be waited for.
    pub fn end(&mut self) -> io::Result<Ended> {
        if let Some(ended) = self.ended {
            return Ok(ended);
        }
        // The supervisor sees the end of the line, and does it. It may have left already.
        let _ = self.line.shutdown(Shutdown::Write);
        // Unless somebody has stopped it.
        let _ = kill_process(Pid::from_child(&self.supervisor), Signal::CONT);
        let status = self.wait_for_supervisor()?;
        // Nobody writes any more.
        let mut said = Vec::new();
        let _ = self.line.read_to_end(&mut said);
        let said = String::from_utf8_lossy(&said);
        self.has_strays = !said.ends_with("gone\n");
        let raw = said.lines().find_map(|line| line.strip_prefix("exited ")?.parse().ok());
        let ended = match raw {
            _ if said.lines().any(|line| line == "memory") => Ended::OverMemory,
            Some(raw) => Ended::Exited(ExitStatus::from_raw(raw)),
            None => Ended::Exited(status),
        };
        self.ended = Some(ended);
        Ok(ended)
    }

    fn wait_for_supervisor(&mut self) -> io::Result<ExitStatus> {
        let give_up = Instant::now() + PATIENCE;
        let mut pause = Duration::from_micros(100);
        loop {
            if let Some(status) = self.supervisor.try_wait()? {
                return Ok(status);
            }
            if Instant::now() > give_up {
                // Ends the leader with it; the rest are strays.
                self.supervisor.kill()?;
                return self.supervisor.wait();
            }
            thread::sleep(pause);
            pause = (2 * pause).min(Duration::from_millis(5));
        }
    }
}

/// This very program, also where its file has been replaced meanwhile.
fn ourselves() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() }
}
