//! Runs the tests of one exercise, each in a process of its own, and says in words how each ended.
//!
//! A test passes if its process ends with status 0, libtest's own summary says so, *and* libtest
//! has put it down in its log file: an answer that leaves by `process::exit(0)` in the middle has
//! shown nothing, and one that prints a summary before it does has shown no more. An answer runs in
//! one process with its check, so one that looks for the log and writes into it still gets by: we
//! stop slips and jokes, not a forger.

use crate::capture::{self, Finished, capture_as};
use crate::group::{self, Subject};
use crate::run::End;
use crate::transcript::{self, Panic};
use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How many tests run at a time. More would make them fight for the machine, and for their limits.
const AT_A_TIME: usize = 2;

/// What `shared::probe::watchdog` says of an answer that blocks: the check gave up on it, its
/// thread still hangs.
const BLOCKS: &str = " blocks: it has not returned within ";
/// What libtest says of its log file, without the end of a line.
const LOG_IS_OLD: &str = "warning: `--logfile` is deprecated";
/// What a libtest says that has none any more.
const NO_LOG: &str = "Unrecognized option: 'logfile'";
/// How many tests may block before no other is started. Each costs the whole of its watchdog's
/// limit.
const MOST_BLOCKED: usize = 2;

/// A built check, ready to be run.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    pub binary: &'a Path,
    /// Where cargo would run it: the package's folder.
    pub folder: &'a Path,
    /// For each test.
    pub limit: Duration,
}

/// How one test ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    /// It panicked; the panic that matters, and the others.
    Panicked {
        panic: Panic,
        others: Vec<Panic>,
    },
    /// It failed without a panic: a test that returned an error, or one that libtest explains.
    Failed(String),
    /// The process left with this status before the test had ended.
    Left(i32),
    /// The process died; how, in words.
    Died(String),
    OverTime(Duration),
    OverBytes,
    OverMemory,
    /// Not run, because tests before it hang.
    NotRun,
}

/// One test, and how it ended.
#[derive(Clone, Debug)]
pub struct Report {
    pub test: String,
    pub verdict: Verdict,
    /// What the answer printed, without what libtest and the panic handler add.
    pub printed: String,
    /// Everything that was printed, on both streams.
    pub output: String,
}

impl Report {
    pub fn passed(&self) -> bool {
        self.verdict == Verdict::Passed
    }

    /// How much of [`MOST_BLOCKED`] it uses up: all, if it had to be ended from outside.
    fn blocked(&self) -> usize {
        match &self.verdict {
            Verdict::OverTime(_) => MOST_BLOCKED,
            Verdict::Panicked { panic, .. } if panic.message.contains(BLOCKS) => 1,
            _ => 0,
        }
    }

    /// Why it did not pass, in words; empty if it did.
    pub fn reason(&self) -> String {
        match &self.verdict {
            Verdict::Passed => String::new(),
            Verdict::Panicked { panic, .. } => panic.message.clone(),
            Verdict::Failed(words) | Verdict::Died(words) => words.clone(),
            Verdict::Left(status) => format!(
                "the program left in the middle of the check, with exit status {status}: \
                 something in the answer calls `std::process::exit`"
            ),
            Verdict::OverTime(limit) => {
                format!("did not finish within {} and was ended", seconds(*limit))
            }
            Verdict::OverBytes => {
                format!(
                    "printed more than {} MiB and was ended",
                    capture::MOST_BYTES / (1024 * 1024)
                )
            }
            Verdict::OverMemory => group::memory_words(),
            Verdict::NotRun => "not run: checks before it hang".to_owned(),
        }
    }
}

fn seconds(limit: Duration) -> String {
    format!("{} s", limit.as_secs_f64())
}

impl Judge<'_> {
    /// The tests of this check: those that the binary has, in the order in which `source` declares
    /// them. Tests that the answer brings along are its author's business.
    ///
    /// # Errors
    ///
    /// If the binary cannot be run, or does not list its tests.
    pub fn tests(&self, source: &str) -> Result<Vec<String>> {
        let finished = self.run(&["--list", "--format", "terse"])?;
        if !matches!(finished.end, End::Exited(status) if status.success()) {
            anyhow::bail!("`{}` does not list its tests", self.binary.display());
        }
        Ok(transcript::in_source_order(transcript::listed(&finished.stdout), source))
    }

    /// Runs one test.
    ///
    /// # Errors
    ///
    /// If the binary cannot be run.
    pub fn judge(&self, test: &str) -> Result<Report> {
        let log = Log::new(self.binary);
        let mut arguments =
            ["--exact", test, "--nocapture", "--test-threads=1"].map(OsStr::new).to_vec();
        let before = arguments.len();
        arguments.extend([OsStr::new("--logfile"), log.path.as_os_str()]);
        let mut finished = self.run(&arguments)?;
        if finished.stderr.contains(NO_LOG) && !self.keeps_a_log(&log)? {
            finished = self.run(&arguments[..before])?;
            return Ok(report(test, &finished, true));
        }
        if let Some(rest) = finished.stderr.strip_prefix(LOG_IS_OLD) {
            finished.stderr = rest.trim_start_matches('\n').to_owned();
        }
        Ok(report(test, &finished, log.says_passed(test)))
    }

    /// Runs `tests`, two at a time, and gives each report to `tell` in the order of `tests`. After
    /// one that had to be ended, or two that a watchdog gave up on, no other is started: the next
    /// would likely hang as well.
    ///
    /// # Errors
    ///
    /// If the binary cannot be run.
    pub fn judge_all(
        &self,
        tests: &[String],
        mut tell: impl FnMut(&Report),
    ) -> Result<Vec<Report>> {
        let next = AtomicUsize::new(0);
        let blocked = AtomicUsize::new(0);
        let (sender, reports) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..AT_A_TIME.min(tests.len()) {
                let sender = sender.clone();
                let (next, blocked) = (&next, &blocked);
                scope.spawn(move || {
                    while let Some(test) = tests.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let skip = blocked.load(Ordering::Relaxed) >= MOST_BLOCKED;
                        let report = if skip { Ok(not_run(test)) } else { self.judge(test) };
                        let more = report.as_ref().map_or(0, Report::blocked);
                        blocked.fetch_add(more, Ordering::Relaxed);
                        // The receiver lives as long as this scope.
                        let _ = sender.send((test, report));
                    }
                });
            }
            drop(sender);
            in_order(tests, reports.iter(), &mut tell)
        })
    }

    /// Whether this libtest has a log file. Asked of a run in which no test, and so no answer, has
    /// a say.
    fn keeps_a_log(&self, log: &Log) -> Result<bool> {
        let words = ["--list", "--logfile"].map(OsStr::new);
        let finished = self.run(&[words[0], words[1], log.path.as_os_str()])?;
        Ok(matches!(finished.end, End::Exited(status) if status.success()))
    }

    fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Finished> {
        let mut command = Command::new(self.binary);
        command.args(arguments).current_dir(self.folder);
        crate::cargo::forget_ourselves(&mut command);
        command.env("CARGO_MANIFEST_DIR", self.folder);
        // A backtrace buries the message, and costs a tenth of a second.
        command.env("RUST_BACKTRACE", "0").env_remove("RUST_LIB_BACKTRACE");
        for name in
            ["RUST_TEST_THREADS", "RUST_TEST_NOCAPTURE", "RUST_TEST_SHUFFLE", "RUST_TEST_TIME_UNIT"]
        {
            command.env_remove(name);
        }
        capture_as(Subject::Program, command, self.limit)
            .with_context(|| format!("cannot run the check `{}`", self.binary.display()))
    }
}

/// What libtest puts down of a test, when it has come back from it.
struct Log {
    path: PathBuf,
}

impl Log {
    /// Beside the binary, where cargo could write a moment ago.
    fn new(binary: &Path) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut path = binary.as_os_str().to_owned();
        path.push(format!(".log-{}-{number}", std::process::id()));
        Self { path: path.into() }
    }

    fn says_passed(&self, test: &str) -> bool {
        let log = fs::read_to_string(&self.path).unwrap_or_default();
        log.trim_end().lines().next_back().and_then(|line| line.strip_prefix("ok ")) == Some(test)
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Puts reports that come as they finish back into the order of the tests, and tells each as soon
/// as those before it have been told.
fn in_order<'a>(
    tests: &'a [String],
    reports: impl Iterator<Item = (&'a String, Result<Report>)>,
    tell: &mut impl FnMut(&Report),
) -> Result<Vec<Report>> {
    let mut waiting = Vec::new();
    let mut told = Vec::new();
    for (test, report) in reports {
        waiting.push((test, report?));
        while let Some(at) =
            waiting.iter().position(|(test, _)| tests.get(told.len()) == Some(*test))
        {
            let (_, report) = waiting.swap_remove(at);
            tell(&report);
            told.push(report);
        }
    }
    Ok(told)
}

fn not_run(test: &str) -> Report {
    Report {
        test: test.to_owned(),
        verdict: Verdict::NotRun,
        printed: String::new(),
        output: String::new(),
    }
}

fn report(test: &str, finished: &Finished, put_down: bool) -> Report {
    let (spoken, mut panics) = transcript::panics(&finished.stderr);
    let (printed, libtest) = transcript::printed(&finished.stdout, test);
    let verdict = match finished.end {
        End::OverTime(limit) => Verdict::OverTime(limit),
        End::OverBytes => Verdict::OverBytes,
        End::OverMemory => Verdict::OverMemory,
        End::Exited(status) if status.success() && libtest.passed && put_down => Verdict::Passed,
        End::Exited(status) => match (death(status, &finished.stderr), matters(&panics, test)) {
            (Some(words), _) => Verdict::Died(words),
            (None, Some(at)) => Verdict::Panicked { panic: panics.remove(at), others: panics },
            (None, None) if libtest.failed => {
                Verdict::Failed(failed_words(&libtest.reason, &spoken))
            }
            (None, None) => Verdict::Left(status.code().unwrap_or_default()),
        },
    };
    let printed = [printed.trim_end(), spoken.trim_end()].join("\n").trim().to_owned();
    let output = format!("{}\n{}", finished.stdout, finished.stderr);
    Report { test: test.to_owned(), verdict, printed, output }
}

/// The last panic of the test's own thread ends the test; a panic elsewhere only if there is no
/// such.
fn matters(panics: &[Panic], test: &str) -> Option<usize> {
    let own = panics.iter().rposition(|panic| panic.thread == test || panic.thread == "main");
    own.or(panics.len().checked_sub(1))
}

fn failed_words(reason: &str, spoken: &str) -> String {
    let error = spoken.lines().rev().find(|line| line.starts_with("Error: "));
    match error {
        _ if !reason.is_empty() => reason.to_owned(),
        Some(line) => line.to_owned(),
        None => "failed, and said nothing".to_owned(),
    }
}

/// How a process died that did not end by itself, in words.
fn death(status: ExitStatus, stderr: &str) -> Option<String> {
    if stderr.contains("has overflowed its stack") {
        return Some(
            "overflowed its stack: a function calls itself without end, or far too deep".to_owned(),
        );
    }
    if let Some(bytes) = refused(stderr) {
        return Some(format!("ran out of memory: it asked for {bytes} bytes at once"));
    }
    let aborted = signal(status)?;
    let panicked_twice = stderr.contains("panic in a destructor during cleanup")
        || stderr.contains("thread panicked while processing panic");
    let (_, panics) = transcript::panics(stderr);
    Some(match aborted {
        Death::Abort if panicked_twice => {
            let first = panics.first().map(|panic| panic.message.as_str()).unwrap_or_default();
            format!(
                "panicked while it was already panicking, and aborted; the first panic: {first}"
            )
        }
        Death::Abort => match panics.last() {
            Some(panic) => format!("aborted, after this panic: {}", panic.message),
            None => "aborted".to_owned(),
        },
        Death::Memory(name) => {
            format!(
                "touched memory that is not its own ({name}): an `unsafe` block is at fault, or a \
                 function that calls itself without end"
            )
        }
        #[cfg(unix)]
        Death::Killed => "was killed from outside, perhaps for want of memory".to_owned(),
        Death::Other(name) => format!("died of {name}"),
    })
}

/// How many bytes the answer asked for that the system did not give it: std says so, and aborts.
fn refused(stderr: &str) -> Option<&str> {
    let said = stderr.lines().rev().find_map(|line| line.strip_prefix("memory allocation of "))?;
    said.split_once(" bytes failed").map(|(bytes, _)| bytes)
}

enum Death {
    Abort,
    Memory(&'static str),
    /// Windows does not tell it from an exit.
    #[cfg(unix)]
    Killed,
    Other(String),
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<Death> {
    use std::os::unix::process::ExitStatusExt;
    // Numbers that are the same on every Unix; SIGBUS is not, and is told by its number.
    status.signal().map(|number| match number {
        6 => Death::Abort,
        9 => Death::Killed,
        11 => Death::Memory("SIGSEGV"),
        number => Death::Other(format!("signal {number}")),
    })
}

#[cfg(not(unix))]
fn signal(status: ExitStatus) -> Option<Death> {
    // Windows reports what kills a process as its exit status, an NTSTATUS.
    match status.code().map(|code| code as u32) {
        Some(0xC000_0005) => Some(Death::Memory("access violation")),
        Some(0xC000_0409) => Some(Death::Abort),
        Some(code) if code >= 0xC000_0000 => Some(Death::Other(format!("status {code:#x}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panic(thread: &str, message: &str) -> Panic {
        Panic { thread: thread.to_owned(), location: String::new(), message: message.to_owned() }
    }

    #[test]
    fn the_panic_that_ends_the_test_is_the_last_of_its_own_thread() {
        let panics =
            [panic("it_works", "first"), panic("it_works", "second"), panic("helper", "third")];
        assert_eq!(matters(&panics, "it_works"), Some(1));
        assert_eq!(matters(&panics, "other"), Some(2));
        assert_eq!(matters(&[], "other"), None);
    }

    #[test]
    fn reports_are_told_in_the_order_of_the_tests() {
        let tests: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        let arriving = [2, 0, 1].map(|at: usize| (&tests[at], Ok(not_run(&tests[at]))));
        let mut told = Vec::new();
        let reports =
            in_order(&tests, arriving.into_iter(), &mut |report| told.push(report.test.clone()));
        assert_eq!(told, tests);
        assert_eq!(reports.expect("no errors").len(), 3);
    }

    #[test]
    fn a_watchdog_that_gives_up_is_known_by_its_words() {
        let watchdog = include_str!("../../shared/src/probe/watchdog.rs");
        assert!(watchdog.contains(BLOCKS), "the watchdog's words and `BLOCKS` have parted");
    }

    #[test]
    fn limits_are_told_in_seconds() {
        assert_eq!(seconds(Duration::from_secs(10)), "10 s");
    }
}
