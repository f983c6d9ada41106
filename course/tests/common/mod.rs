//! A small course of its own for each test, in a folder of its own: two lessons, three exercises,
//! no dependency, so that each check compiles in a moment.

#![allow(dead_code, reason = "each test file uses what it needs")]

use std::fs;
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Only ends what hangs; no assertion rests on it.
pub const LIMIT: Duration = Duration::from_secs(240);

/// A fixture course. Dropped, it is gone.
pub struct Course {
    pub root: PathBuf,
}

/// How a command ended, and what it printed.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Checks the exit status, and shows everything if it is another.
    #[track_caller]
    pub fn code(self, expected: i32) -> Self {
        assert_eq!(self.code, Some(expected), "\n{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Checks that standard output has these words.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.stdout.contains(words), "no `{words}` in:\n{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Checks that standard error has these words.
    #[track_caller]
    pub fn tells(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "no `{words}` in:\n{}\n{}", self.stderr, self.stdout);
        self
    }

    /// Checks that neither stream has these words.
    #[track_caller]
    pub fn never_says(self, words: &str) -> Self {
        assert!(!self.stdout.contains(words), "`{words}` in:\n{}", self.stdout);
        assert!(!self.stderr.contains(words), "`{words}` in:\n{}", self.stderr);
        self
    }
}

pub const SUMS: &str = "lessons/01-sums";
pub const ADD: &str = "lessons/01-sums/exercises/1-add";
pub const DOUBLE: &str = "lessons/01-sums/exercises/2-double";
pub const SHOUT: &str = "lessons/02-words/exercises/1-shout";

/// The right answer to `sums/add`.
pub const RIGHT: &str = "pub fn add(a: i32, b: i32) -> i32 {\n    a + b\n}\n";

impl Course {
    /// A course with lessons `sums` (exercises `add`, `double`) and `words` (exercise `shout`).
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("course-{}-{number}", std::process::id());
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&root);
        let course = Self { root };
        course.write("Cargo.toml", ROOT);
        course.write("rustfmt.toml", "use_small_heuristics = \"Max\"\n");
        course.lesson(SUMS, "sums", "One and one is two.");
        course.lesson("lessons/02-words", "words", "Louder is not better.");
        course.write(&format!("{SUMS}/exercises/Cargo.toml"), SUMS_EXERCISES);
        course.write("lessons/02-words/exercises/Cargo.toml", WORDS_EXERCISES);
        course.exercise(ADD, ADD_CHECK, "pub fn add(a: i32, b: i32) -> i32", "a + b", ADD_WRONG);
        course.exercise(
            DOUBLE,
            DOUBLE_CHECK,
            "pub fn double(a: i32) -> i32",
            "2 * a",
            DOUBLE_WRONG,
        );
        course.exercise(
            SHOUT,
            SHOUT_CHECK,
            "pub fn shout(a: &str) -> String",
            "a.to_uppercase()",
            SHOUT_WRONG,
        );
        course
    }

    fn lesson(&self, folder: &str, name: &str, promise: &str) {
        let number = &folder["lessons/".len()..][..2];
        let manifest = format!(
            "[package]\nname = \"lesson-{number}-{name}\"\ndescription = \"{promise}\"\n\
             version.workspace = true\nedition.workspace = true\n\n\
             [package.metadata.course]\nminutes = 5\n"
        );
        self.write(&format!("{folder}/Cargo.toml"), &manifest);
        self.write(
            &format!("{folder}/src/main.rs"),
            &format!("fn main() {{ println!(\"this is {name}\"); }}\n"),
        );
    }

    fn exercise(&self, folder: &str, check: &str, signature: &str, solution: &str, wrong: &str) {
        self.write(&format!("{folder}/check.rs"), check);
        self.write(
            &format!("{folder}/starter.rs"),
            &format!("{signature} {{\n    todo!(\"write it\")\n}}\n"),
        );
        self.write(
            &format!("{folder}/solution.rs"),
            &format!("{signature} {{\n    {solution}\n}}\n"),
        );
        self.write(&format!("{folder}/wrong/mistaken.rs"), wrong);
        self.write(&format!("{folder}/task.md"), TASK);
        self.write(&format!("{folder}/hints.md"), HINTS);
    }

    /// The path of a file of this course.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Writes a file, with its folders.
    #[track_caller]
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    }

    /// Reads a file.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path))
            .unwrap_or_else(|error| panic!("cannot read {path}: {error}"))
    }

    /// Changes a file; the text to be replaced must be there.
    #[track_caller]
    pub fn change(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "no `{from}` in {path}:\n{text}");
        self.write(path, &text.replace(from, to));
    }

    /// Writes the answer to `sums/add`.
    pub fn answer(&self, text: &str) {
        self.write(&format!("{ADD}/answer.rs"), text);
    }

    /// `course <arguments>` in the root, without what the surroundings would add.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
        command
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.path("target"));
        for name in [
            "CARGO_MANIFEST_DIR",
            "RUSTFLAGS",
            "CARGO_BUILD_TARGET",
            "CARGO_TERM_COLOR",
            "CLICOLOR_FORCE",
            "LC_ALL",
            "TERM",
        ] {
            command.env_remove(name);
        }
        command.env("LANG", "C.UTF-8").env("CARGO_NET_OFFLINE", "true");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        with_signals(&mut command, libc::SIG_DFL);
        command
    }

    /// Runs `course <arguments>` to its end.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Ran {
        finish(self.command(arguments).spawn().expect("course starts"))
    }
}

impl Drop for Course {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// `course <arguments>` where no file can grow: bytes are refused, empty files are not, as on a
/// full disk.
#[cfg(unix)]
pub fn on_a_full_disk(course: &Course, arguments: &[&str]) -> Command {
    let mut command = course.command(&[]);
    let program = command.get_program().to_owned();
    let environment: Vec<_> = command
        .get_envs()
        .map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned)))
        .collect();
    command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""])
        .arg(program)
        .args(arguments);
    command.current_dir(&course.root);
    for (name, value) in environment {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Both ends of a terminal of so many columns: the user's, and a program's.
#[cfg(unix)]
pub fn terminal(columns: u16) -> (std::os::fd::OwnedFd, std::os::fd::OwnedFd) {
    use rustix::fs::{Mode, OFlags};
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::{Winsize, tcsetwinsize};
    let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&keyboard).and_then(|()| unlockpt(&keyboard)).expect("it can be opened");
    let name = ptsname(&keyboard, Vec::new()).expect("it has a name");
    let screen = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty());
    let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&keyboard, size).expect("it has a size");
    (keyboard, screen.expect("it opens"))
}

/// Waits for a process that was started with pipes, and collects what it printed.
#[track_caller]
pub fn finish(mut child: Child) -> Ran {
    let stdout = child.stdout.take().map(reader);
    let stderr = child.stderr.take().map(reader);
    let code = wait(&mut child);
    let text = |reader: Option<thread::JoinHandle<String>>| {
        reader.map(|reader| reader.join().expect("the reader ends")).unwrap_or_default()
    };
    Ran { code, stdout: text(stdout), stderr: text(stderr) }
}

/// Has the signals that a terminal sends as a terminal would have them, or ignored as by `nohup`:
/// whoever runs the tests may have them in either way.
#[cfg(unix)]
pub fn with_signals(command: &mut Command, action: libc::sighandler_t) -> &mut Command {
    use std::os::unix::process::CommandExt;
    let set = move || {
        for signal in [libc::SIGHUP, libc::SIGINT, libc::SIGQUIT] {
            // SAFETY: `action` is to ignore the signal or the system's own, and runs no code of
            // ours.
            unsafe { libc::signal(signal, action) };
        }
        Ok(())
    };
    // SAFETY: `signal` may be called between fork and exec.
    unsafe { command.pre_exec(set) }
}

/// Waits for a process; one that hangs is ended, and fails the test.
#[track_caller]
pub fn wait(child: &mut Child) -> Option<i32> {
    let deadline = Instant::now() + LIMIT;
    loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            return status.code();
        }
        if Instant::now() > deadline {
            child.kill().expect("it can be ended");
            panic!("it hangs");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn reader(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("the pipe is readable");
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Tells whether a process, and what it started, is alive: each holds the other end of a
/// connection, which the system closes when the last of them has gone.
pub struct Lifeline {
    listener: TcpListener,
}

impl Lifeline {
    pub fn new() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").expect("a port is free") }
    }

    /// Rust code for an answer: the function `hold` connects and returns the stream.
    pub fn code(&self) -> String {
        let port = self.listener.local_addr().expect("it is bound").port();
        format!(
            "fn hold() -> std::net::TcpStream {{\n    \
             std::net::TcpStream::connect(\"127.0.0.1:{port}\").expect(\"the test listens\")\n}}\n"
        )
    }

    /// Waits until the answer is running.
    pub fn held(&self) -> Held {
        let (stream, _) = self.listener.accept().expect("the answer connects");
        stream.set_read_timeout(Some(LIMIT)).expect("a limit can be set");
        Held { stream }
    }
}

/// A connection that someone else holds.
pub struct Held {
    stream: TcpStream,
}

impl Held {
    /// Checks that nobody holds the other end any more.
    #[track_caller]
    pub fn must_have_ended(self) {
        // The system may close it a moment after the last holder has gone, not seconds.
        self.stream.set_read_timeout(Some(Duration::from_secs(2))).expect("a limit can be set");
        self.must_end();
    }

    /// Waits until nobody holds the other end.
    #[track_caller]
    pub fn must_end(mut self) {
        let mut rest = Vec::new();
        match self.stream.read_to_end(&mut rest) {
            Ok(_) => {}
            // Killed with something unread: gone as well.
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => {}
            Err(error) => panic!("a process is left over: {error}"),
        }
    }
}

const ROOT: &str = r#"[workspace]
resolver = "3"
members = [
    "lessons/01-sums",
    "lessons/01-sums/exercises",
    "lessons/02-words",
    "lessons/02-words/exercises",
]
default-members = ["lessons/01-sums", "lessons/02-words"]

[workspace.package]
version = "0.1.0"
edition = "2024"
rust-version = "1.85"

[workspace.lints.clippy]
dbg_macro = "deny"
todo = "deny"

# Nobody debugs a fixture, and it links faster.
[profile.dev]
debug = false
"#;

const SUMS_EXERCISES: &str = r#"[package]
name = "lesson-01-exercises"
version.workspace = true
edition.workspace = true

[[test]]
name = "add"
path = "1-add/check.rs"

[[test]]
name = "double"
path = "2-double/check.rs"

[package.metadata.course.add]
minutes = 10
starter-fails = ["one_and_one", "it_adds_more"]

[package.metadata.course.double]
starter-fails = ["twice_two"]

[lints]
workspace = true
"#;

const WORDS_EXERCISES: &str = r#"[package]
name = "lesson-02-exercises"
version.workspace = true
edition.workspace = true

[[test]]
name = "shout"
path = "1-shout/check.rs"

[package.metadata.course.shout]
starter-fails = ["it_is_loud"]

[lints]
workspace = true
"#;

// Two tests, in an order that is not the alphabet's.
const ADD_CHECK: &str = r#"//! `add` adds.

#[allow(clippy::todo, dead_code, unused_variables, reason = "starters are quiet")]
mod answer;

#[test]
fn one_and_one() {
    assert_eq!(answer::add(1, 1), 2, "one and one is not two");
}

#[test]
fn it_adds_more() {
    let sum = answer::add(20, 3);
    assert!(sum == 23, "twenty and three is not {sum}");
}
"#;

const DOUBLE_CHECK: &str = r#"//! `double` doubles.

#[allow(clippy::todo, unused_variables, reason = "starters are quiet")]
mod answer;

#[test]
fn twice_two() {
    assert_eq!(answer::double(2), 4, "twice two is not four");
}
"#;

const SHOUT_CHECK: &str = r#"//! `shout` is loud.

#[allow(clippy::todo, unused_variables, reason = "starters are quiet")]
mod answer;

#[test]
fn it_is_loud() {
    assert_eq!(answer::shout("hey"), "HEY", "nobody heard it");
}
"#;

const ADD_WRONG: &str = r#"//! Wrong: multiplies.
//! Caught by: `one_and_one`
//! Because: one times one
//!   is one.
//! Says: one and one is not two

pub fn add(a: i32, b: i32) -> i32 {
    a * b
}
"#;

const DOUBLE_WRONG: &str = r#"//! Wrong: returns what it got.
//! Caught by: `twice_two`
//! Because: two is not four.
//! Says: twice two is not four

pub fn double(a: i32) -> i32 {
    a
}
"#;

const SHOUT_WRONG: &str = r#"//! Wrong: speaks.
//! Caught by: `it_is_loud`
//! Because: it is not loud.
//! Says: nobody heard it

pub fn shout(a: &str) -> String {
    a.to_owned()
}
"#;

const TASK: &str = "\
# Do it

## Situation

There is something to do.

## Failure

It is not done.

## Cause

Nobody did it.

## What to change

Do it.

## Habit

Do it at once.
";

const HINTS: &str = "\
## Hint 1

Think.

## Hint 2

Think again.

## Hint 3

Look at the signature.
";
