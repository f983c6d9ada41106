//! How many files may be open, and how many are.

use std::fs;
use std::io;

// ANCHOR: raise
/// Lets this process have `wanted` open files, as far as its user may.
#[cfg(unix)]
pub fn allow_open_files(wanted: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let allows = |limit: Option<u64>| limit.is_none_or(|limit| limit >= wanted);
    if allows(current) {
        return Ok(());
    }
    if !allows(maximum) {
        let limit = maximum.unwrap_or_default();
        let words = format!(
            "this needs {wanted} open files, and the hard limit is {limit}: raise it, as root by \
             `ulimit -Hn {wanted}` in the shell that starts this, or by LimitNOFILE= in systemd"
        );
        return Err(io::Error::other(words));
    }
    Ok(setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum })?)
}
// ANCHOR_END: raise

/// Windows has no such limit.
#[cfg(not(unix))]
pub fn allow_open_files(_wanted: u64) -> io::Result<()> {
    Ok(())
}

/// How many descriptors this process has open, where the system says it.
pub fn open_files() -> Option<usize> {
    // Reading the folder takes one, each time.
    let folders = ["/proc/self/fd", "/dev/fd"];
    folders.iter().find_map(|folder| fs::read_dir(folder).ok()).map(Iterator::count)
}
