//! A process and all that it starts, as one thing that can be ended; and what tells us to end.
//!
//! Unix puts a small process of ours in between, the [`supervisor`]: it starts the process, in a
//! process group of its own, and holds the other end of a socket of ours. When that closes, it ends
//! everything. So nothing outlives this program, however it ends: a signal that cannot be caught
//! closes the socket as well.
//!
//! On Linux the supervisor is also the *subreaper* of what it started. A process that leaves the
//! group, or whose parent has ended, stays below it in the [`tree`], and is found there. Other Unix
//! systems only have the group: there a process that an answer puts into another session lives on.
//!
//! Windows has job objects, which `process-wrap` handles.

#[cfg(unix)]
pub mod supervisor;
#[cfg(target_os = "linux")]
mod tree;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::process::ExitStatus;

#[cfg(unix)]
pub use unix::{CTRL_C, Group, adopt_orphans, end_strays, on_interrupt};
#[cfg(windows)]
pub use windows::{CTRL_C, Group, adopt_orphans, end_strays, on_interrupt};

/// The most memory that a program and all that it started may hold: many times what a check needs,
/// also under a sanitizer, and less than what makes a small machine swap.
pub const MOST_MEMORY: u64 = 1024 * 1024 * 1024;

/// What is run, which decides how it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Cargo, a compiler, a formatter: takes the memory that it needs, and may leave a daemon
    /// behind, such as a compiler cache.
    Tool,
    /// What a learner has written or may have changed: nothing of it stays, and its memory is
    /// limited.
    Program,
}

/// How it ended.
#[derive(Clone, Copy, Debug)]
pub enum Ended {
    Exited(ExitStatus),
    /// It held more than [`MOST_MEMORY`], and was ended.
    #[cfg_attr(windows, expect(dead_code, reason = "nothing watches the memory there"))]
    OverMemory,
}

/// How that is told.
pub fn memory_words() -> String {
    let gigabytes = MOST_MEMORY / (1024 * 1024 * 1024);
    format!("ran out of memory: it took more than {gigabytes} GiB, and was ended")
}
