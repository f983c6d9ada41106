//! The process between us and what we run: `course --supervise KIND PROGRAM …`, which is not for
//! people.
//!
//! Its standard input is a socket, on which it says in lines what happens:
//!
//! ```text
//! started                 or: refused ERRNO
//! exited WAIT-STATUS      or: memory; nothing if it was told to end
//! gone                    nothing is left
//! ```
//!
//! Invariants. When the socket's other end closes, everything is ended: we need not be alive to say
//! so. Whatever ends first, one thread does the rest: [`Supervisor::finish`] keeps its lock for
//! good. The leader is reaped under that lock and after its group has been killed, so that the
//! signal cannot reach a stranger that was given the same number.

use super::Subject;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The first word by which this program knows that it is to supervise.
pub const WORD: &str = "--supervise";

/// How often the memory of the program is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// The second word.
pub fn kind(subject: Subject) -> &'static str {
    match subject {
        Subject::Tool => "tool",
        Subject::Program => "program",
    }
}

/// Supervises, if that is what this process was started for; else returns at once.
pub fn enter() {
    let mut words = env::args_os().skip(1);
    if words.next().as_deref() != Some(WORD.as_ref()) {
        return;
    }
    let subject = match words.next() {
        Some(word) if word == kind(Subject::Program) => Subject::Program,
        _ => Subject::Tool,
    };
    // A copy that what we start does not inherit.
    let line = rustix::io::fcntl_dupfd_cloexec(io::stdin(), 3).map(UnixStream::from);
    let Ok(line) = line else { std::process::exit(3) };
    supervise(subject, words, line)
}

fn supervise(
    subject: Subject,
    mut words: impl Iterator<Item = OsString>,
    mut line: UnixStream,
) -> ! {
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).stdin(Stdio::null()).process_group(0);
    if subject == Subject::Program {
        ignore_background_stops();
    }
    #[cfg(target_os = "linux")]
    hold(subject, &mut command);
    let leader = match command.spawn() {
        Ok(leader) => leader,
        Err(error) => {
            let number = error.raw_os_error().unwrap_or(Errno::IO.raw_os_error());
            let _ = writeln!(line, "refused {number}");
            std::process::exit(0)
        }
    };
    let pid = Pid::from_child(&leader);
    let watched = line.try_clone();
    // That nobody listens any more, the watching thread will see.
    let _ = writeln!(line, "started");
    let supervisor = Supervisor { subject, pid, closing: Mutex::new((leader, line)) };
    thread::scope(|scope| {
        if let Ok(watched) = watched {
            scope.spawn(|| supervisor.watch(watched));
        }
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        while let Err(Errno::INTR) = waitid(WaitId::Pid(pid), options) {}
        supervisor.finish(&End::Ended)
    })
}

/// In a background group the program may not write to a terminal that is set to `tostop`, unless it
/// ignores the signal that says so. What is ignored stays ignored in the program that is started.
fn ignore_background_stops() {
    // SAFETY: `SIG_IGN` runs no code of ours, and no other thread has been started yet.
    unsafe { libc::signal(libc::SIGTTOU, libc::SIG_IGN) };
}

/// Makes orphans of a program ours, and has what `command` starts end with us.
#[cfg(target_os = "linux")]
fn hold(subject: Subject, command: &mut Command) {
    use rustix::process::{getpid, getppid, set_child_subreaper, set_parent_process_death_signal};
    if subject == Subject::Program {
        // Without it we still have the group.
        let _ = set_child_subreaper(Some(getpid()));
    }
    let own = getpid();
    // If somebody ends us by force, at least the leader ends with us. This thread is the one whose
    // death counts, and it lives as long as this process.
    let dies_with_us = move || {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        if getppid() == Some(own) { Ok(()) } else { Err(Errno::SRCH.into()) }
    };
    // SAFETY: between fork and exec it only makes two system calls; it allocates and locks nothing.
    unsafe { command.pre_exec(dies_with_us) };
}

struct Supervisor {
    subject: Subject,
    pid: Pid,
    closing: Mutex<(Child, UnixStream)>,
}

/// Why it is over.
enum End {
    Ended,
    OverMemory,
    ToldTo,
}

impl Supervisor {
    /// Waits until the other end closes, and looks at the memory meanwhile.
    fn watch(&self, line: UnixStream) -> ! {
        let mut memory = Memory::new(self.pid);
        let limited = self.subject == Subject::Program && cfg!(target_os = "linux");
        let look = Timespec { tv_sec: 0, tv_nsec: i64::from(LOOK.subsec_nanos()) };
        loop {
            let mut fds = [PollFd::new(&line, PollFlags::IN)];
            match poll(&mut fds, limited.then_some(&look)) {
                Ok(0) if memory.is_too_much() => self.finish(&End::OverMemory),
                Ok(0) | Err(Errno::INTR) => {}
                // Nothing is ever sent: it has closed.
                Ok(_) | Err(_) => self.finish(&End::ToldTo),
            }
        }
    }

    /// Ends whatever is left, says so, and leaves.
    fn finish(&self, end: &End) -> ! {
        let mut closing = self.closing.lock().unwrap_or_else(PoisonError::into_inner);
        let (leader, line) = &mut *closing;
        if let End::OverMemory = end {
            let _ = writeln!(line, "memory");
        }
        // That nobody is left in it is not an error.
        let _ = kill_process_group(self.pid, Signal::KILL);
        if let (End::Ended, Ok(status)) = (end, leader.wait()) {
            let _ = writeln!(line, "exited {}", status.into_raw());
        }
        if self.nothing_is_left() {
            let _ = writeln!(line, "gone");
        }
        std::process::exit(0)
    }

    #[cfg(target_os = "linux")]
    fn nothing_is_left(&self) -> bool {
        self.subject == Subject::Tool || super::tree::end_descendants(&[])
    }

    #[cfg(not(target_os = "linux"))]
    fn nothing_is_left(&self) -> bool {
        true
    }
}

/// The memory of the leader and of what descends from us.
#[cfg(target_os = "linux")]
struct Memory {
    leader: Pid,
    tree: Vec<Pid>,
    /// Finding the tree means reading about every process of the machine, so it is not done at
    /// every look.
    again: std::time::Instant,
}

#[cfg(target_os = "linux")]
impl Memory {
    /// What finding the tree may take of a processor.
    const SHARE: u32 = 20;

    fn new(leader: Pid) -> Self {
        Self { leader, tree: Vec::new(), again: std::time::Instant::now() + 5 * LOOK }
    }

    fn is_too_much(&mut self) -> bool {
        let began = std::time::Instant::now();
        if began >= self.again {
            self.tree = super::tree::descendants(rustix::process::getpid(), &[]);
            self.again = began + 5 * LOOK + Self::SHARE * began.elapsed();
        }
        let others = self.tree.iter().filter(|pid| **pid != self.leader);
        let held = super::tree::memory(self.leader)
            + others.map(|pid| super::tree::memory(*pid)).sum::<u64>();
        held > super::MOST_MEMORY
    }
}

#[cfg(not(target_os = "linux"))]
struct Memory;

#[cfg(not(target_os = "linux"))]
impl Memory {
    fn new(_: Pid) -> Self {
        Self
    }

    fn is_too_much(&mut self) -> bool {
        false
    }
}
