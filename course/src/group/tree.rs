//! What descends from a process, as Linux tells it in `/proc`.

use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, wait, waitpid};
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// How long we try to end what cannot be ended: a process of another user.
const PATIENCE: Duration = Duration::from_secs(2);

/// Ends all that descends from this process, and reaps it; the trees of the children in `except`
/// are left alone. This process has to be a subreaper, or orphans are not seen.
///
/// Returns whether nothing was left.
pub fn end_descendants(except: &[Pid]) -> bool {
    let give_up = Instant::now() + PATIENCE;
    while !reaped_all(except) {
        for pid in descendants(getpid(), except) {
            // One that has gone meanwhile is what we want.
            let _ = kill_process(pid, Signal::KILL);
        }
        if Instant::now() > give_up {
            return false;
        }
        // What has just been killed takes a moment to end; its children then become ours.
        thread::sleep(Duration::from_micros(200));
    }
    true
}

/// Reaps the children that have ended, and returns whether there are no others.
fn reaped_all(except: &[Pid]) -> bool {
    if except.is_empty() {
        loop {
            match wait(WaitOptions::NOHANG) {
                Ok(Some(_)) => {}
                Ok(None) => return false,
                Err(error) => return error == rustix::io::Errno::CHILD,
            }
        }
    }
    // Not any child: the status of the others is awaited elsewhere.
    let own = getpid();
    let children =
        parents().into_iter().filter(|(pid, parent)| *parent == own && !except.contains(pid));
    children.fold(true, |all, (pid, _)| {
        !matches!(waitpid(Some(pid), WaitOptions::NOHANG), Ok(None)) && all
    })
}

/// All that descends from `root`, without the trees of `except`.
pub fn descendants(root: Pid, except: &[Pid]) -> Vec<Pid> {
    let parents = parents();
    let mut found = vec![root];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        let children = parents.iter().filter(|(pid, of)| *of == parent && !except.contains(pid));
        found.extend(children.map(|(pid, _)| *pid));
        next += 1;
    }
    found.remove(0);
    found
}

/// Every process that we may see, with its parent.
fn parents() -> Vec<(Pid, Pid)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let stat = |number: i32| fs::read_to_string(format!("/proc/{number}/stat")).ok();
    numbers.filter_map(|number| Some((Pid::from_raw(number)?, parent(&stat(number)?)?))).collect()
}

/// The parent's number, which comes after the state. The name before it may hold anything.
fn parent(stat: &str) -> Option<Pid> {
    let (_, rest) = stat.rsplit_once(')')?;
    Pid::from_raw(rest.split_whitespace().nth(1)?.parse().ok()?)
}

/// The bytes that a process holds, in memory or swapped out; 0 if it has gone.
pub fn memory(pid: Pid) -> u64 {
    let path = format!("/proc/{}/status", pid.as_raw_nonzero());
    held(&fs::read_to_string(path).unwrap_or_default())
}

fn held(status: &str) -> u64 {
    let value = |name| status.lines().find_map(|line| line.strip_prefix(name));
    let number = |line: &str| line.split_whitespace().next()?.parse::<u64>().ok();
    let kilobytes = |name| value(name).and_then(number).unwrap_or_default();
    1024 * (kilobytes("VmRSS:") + kilobytes("VmSwap:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_hides_no_parent() {
        let stat = "12 (a) b) S 7 12 12 0 -1";
        assert_eq!(parent(stat), Pid::from_raw(7));
        assert_eq!(parent("12 (init) S 0 1"), None);
    }

    #[test]
    fn memory_is_what_is_held_not_what_is_reserved() {
        let status = "VmPeak:\t 9000000 kB\nVmRSS:\t    2048 kB\nVmSwap:\t    1 kB\n";
        assert_eq!(held(status), 2049 * 1024);
        assert_eq!(held(""), 0);
        assert!(memory(getpid()) > 0);
    }
}
