//! Cargo's standard error, sorted into what is worth showing, and when.

use crate::say::{QUIET, errln};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How long cargo waits for another cargo before that is worth a word.
const PATIENCE: Duration = Duration::from_secs(2);

/// Cargo's standard error: its progress bar goes to the terminal at once, the lines about what it
/// compiles are dropped, and the rest is kept for when the build fails.
pub struct Notes {
    command: String,
    watched: bool,
    pending: Vec<u8>,
    announced: bool,
    drawn: bool,
    /// Set while cargo waits for another cargo.
    blocked: Arc<AtomicBool>,
    pub lines: Vec<String>,
}

impl Notes {
    pub fn new(command: String, watched: bool, announces: bool) -> Self {
        Self {
            command,
            watched,
            pending: Vec::new(),
            announced: !announces,
            drawn: false,
            blocked: Arc::default(),
            lines: Vec::new(),
        }
    }

    pub fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.pending.push(*byte);
            match byte {
                b'\r' => self.draw(),
                b'\n' => self.line(),
                _ => {}
            }
        }
    }

    /// What ends in a carriage return is drawn over by the next: progress.
    fn draw(&mut self) {
        if self.watched {
            let _ = io::stderr().write_all(&self.pending);
            self.drawn = true;
        }
        self.pending.clear();
    }

    fn line(&mut self) {
        let line = String::from_utf8_lossy(&std::mem::take(&mut self.pending)).into_owned();
        let line = anstream::adapter::strip_str(line.trim_end()).to_string();
        self.blocked.store(false, Ordering::Relaxed);
        match line.split_whitespace().next() {
            Some("Compiling" | "Checking") => self.announce(),
            Some("Blocking") => self.wait(),
            Some("Finished" | "Executable" | "Dirty" | "Fresh") => {}
            _ => self.lines.push(line),
        }
    }

    /// A first build takes seconds: says what is going on, once.
    fn announce(&mut self) {
        if !std::mem::replace(&mut self.announced, true) {
            self.erase();
            errln!("{QUIET}{}{QUIET:#}", self.command);
        }
    }

    /// Two cargos often meet for a moment, as when an editor checks the same save. That is not
    /// worth a word unless it lasts.
    fn wait(&mut self) {
        let blocked = Arc::new(AtomicBool::new(true));
        self.blocked = Arc::clone(&blocked);
        thread::spawn(move || {
            thread::sleep(PATIENCE);
            if blocked.load(Ordering::Relaxed) {
                errln!("{QUIET}another cargo is building here: waiting for it{QUIET:#}");
            }
        });
    }

    pub fn finish(&mut self) {
        self.blocked.store(false, Ordering::Relaxed);
        self.erase();
    }

    fn erase(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = io::stderr().write_all(b"\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_own_complaints_are_kept_and_its_progress_is_not() {
        let mut notes = Notes::new(String::new(), false, false);
        notes.take(b"    Building [==>  ] 1/3\r\x1b[K   Compiling a v0.1.0\nerror: no such ");
        notes.take(b"package `b`\n    Finished `dev` profile\n");
        assert_eq!(notes.lines, ["error: no such package `b`"]);
    }
}
