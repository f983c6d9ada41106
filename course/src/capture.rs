//! What a judged process prints, kept within bounds.

use crate::group::Subject;
use crate::run::{self, End, Output, Sink};
use std::io;
use std::ops::ControlFlow;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The most that a judged process may print, both streams together.
pub const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// How much of a stream's beginning, and as much of its end, is kept.
const KEPT: usize = 64 * 1024;

/// A stream's beginning and end: a program that prints without end must not fill our memory.
#[derive(Default)]
pub struct Captured {
    head: Vec<u8>,
    tail: Vec<u8>,
    left_out: u64,
}

impl Captured {
    fn take(&mut self, mut bytes: &[u8]) {
        let room = KEPT.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..room]);
        bytes = &bytes[room..];
        self.tail.extend_from_slice(bytes);
        // Cut rarely, not at every read: twice the room, then down to half.
        if self.tail.len() > 2 * KEPT {
            let cut = self.tail.len() - KEPT;
            self.tail.drain(..cut);
            self.left_out += cut as u64;
        }
    }

    /// The text; a gap is named.
    pub fn text(&self) -> String {
        let head = String::from_utf8_lossy(&self.head);
        let tail = String::from_utf8_lossy(&self.tail);
        match self.left_out {
            0 => String::from_utf8_lossy(&[&self.head[..], &self.tail].concat()).into_owned(),
            bytes => format!("{head}\n[… {bytes} bytes left out …]\n{tail}"),
        }
    }
}

/// A process that has ended, and what it printed.
pub struct Finished {
    pub end: End,
    pub stdout: String,
    pub stderr: String,
}

/// Runs a tool under a time limit and [`MOST_BYTES`], and keeps what it prints.
///
/// # Errors
///
/// If the process cannot be started or waited for.
pub fn capture(command: Command, limit: Duration) -> io::Result<Finished> {
    capture_as(Subject::Tool, command, limit)
}

/// Runs a tool or a program in the same way.
///
/// # Errors
///
/// If the process cannot be started or waited for.
pub fn capture_as(subject: Subject, command: Command, limit: Duration) -> io::Result<Finished> {
    let printed = Arc::new(AtomicU64::new(0));
    let (out, out_sink) = capturing(&printed);
    let (err, err_sink) = capturing(&printed);
    let end = run::supervise(subject, command, limit, Output::Taken(out_sink, err_sink))?;
    let stdout = locked(&out).text();
    let stderr = locked(&err).text();
    Ok(Finished { end, stdout, stderr })
}

fn capturing(printed: &Arc<AtomicU64>) -> (Arc<Mutex<Captured>>, Sink) {
    let captured = Arc::new(Mutex::new(Captured::default()));
    let (kept, printed) = (Arc::clone(&captured), Arc::clone(printed));
    let sink = move |bytes: &[u8]| {
        locked(&kept).take(bytes);
        let count = bytes.len() as u64;
        if printed.fetch_add(count, Ordering::Relaxed) + count > MOST_BYTES {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    (captured, Box::new(sink))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_keeps_its_beginning_and_its_end() {
        let mut captured = Captured::default();
        captured.take(b"first\n");
        for _ in 0..2000 {
            captured.take(&[b'x'; 1000]);
        }
        captured.take(b"last");
        assert!(captured.head.len() + captured.tail.len() <= 3 * KEPT);
        let text = captured.text();
        assert!(text.starts_with("first\nxxx"));
        assert!(text.ends_with("xxxlast"));
        assert!(text.contains("bytes left out"));
    }

    #[test]
    fn a_short_stream_is_kept_whole() {
        let mut captured = Captured::default();
        captured.take("é".as_bytes().split_at(1).0);
        captured.take("é".as_bytes().split_at(1).1);
        assert_eq!(captured.text(), "é");
    }
}
