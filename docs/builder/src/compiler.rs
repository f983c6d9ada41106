//! Compiling and running the book's own blocks of Rust, each as a program called `src/main.rs`.

use crate::course::Course;
use crate::library::Libraries;
use crate::pattern::{Pattern, pattern};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a block may run, and how many bytes it may print. They only end what hangs or runs
/// away.
const LIMIT: Duration = Duration::from_secs(20);
const MOST: u64 = 1 << 20;

/// A program to try: a block of the book.
#[derive(Clone, Debug)]
pub struct Program {
    /// The block's code, with its hidden lines.
    pub code: String,
    /// Whether it is to be linked and run, or only compiled.
    pub run: bool,
}

/// What became of a program.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The compiler's errors, as it prints them.
    pub errors: Vec<Message>,
    /// The compiler's warnings.
    pub warnings: Vec<Message>,
    /// How the run ended, where there was one.
    pub run: Option<Run>,
}

/// A message of the compiler's.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its code, such as `E0277` or `unused_must_use`.
    pub code: Option<String>,
    /// Its text, with the block's own line numbers.
    pub text: String,
}

/// How a program ended, and what it said.
#[derive(Debug)]
pub struct Run {
    /// Its exit status; `None` when it had to be ended.
    pub status: Option<ExitStatus>,
    /// What it printed.
    pub stdout: String,
    /// What it printed for errors.
    pub stderr: String,
}

impl Message {
    /// Several messages, one below the other, as a terminal shows them.
    pub fn join(messages: &[Message]) -> String {
        let texts: Vec<&str> = messages.iter().map(|message| message.text.trim_end()).collect();
        texts.join("\n\n")
    }
}

static MAIN: Pattern = pattern(r"(?m)^\s*(pub\s+)?(async\s+)?fn\s+main\s*[(<]");

/// Compiles `program` in `folder`, which is empty and its own, and runs it if it is to be run.
///
/// # Errors
///
/// There is no compiler, or the folder cannot be written to.
pub fn try_out(
    course: &Course,
    folder: &Path,
    libraries: &Libraries,
    program: &Program,
) -> Result<Outcome> {
    let wrapped = !MAIN.is_match(&program.code);
    let code = match wrapped {
        true => format!("fn main() {{\n{}\n}}\n", program.code),
        false => program.code.clone(),
    };
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/main.rs"), code)?;
    let exe = folder.join(format!("block{}", std::env::consts::EXE_SUFFIX));
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc
        .current_dir(course.root())
        .args(["--edition=2024", "--crate-name=block", "--error-format=json", "--cap-lints=warn"])
        .arg(remap(folder))
        .args(libraries.arguments(&program.code));
    match program.run {
        true => rustc.arg("--emit=link").arg("-o").arg(&exe),
        false => rustc.arg("--emit=metadata").arg("-o").arg(folder.join("block.rmeta")),
    };
    let output = rustc
        .arg(folder.join("src/main.rs"))
        .stdin(Stdio::null())
        .output()
        .context("rustc cannot be started")?;
    let mut outcome = read(&String::from_utf8_lossy(&output.stderr), usize::from(wrapped), course);
    if !output.status.success() && outcome.errors.is_empty() {
        let text = format!("rustc ended with {}", output.status);
        outcome.errors.push(Message { code: None, text });
    }
    if program.run && outcome.errors.is_empty() {
        outcome.run = Some(run(&exe, folder)?);
    }
    Ok(outcome)
}

/// Makes the compiler say `src/main.rs` for a file that lies in `folder`.
fn remap(folder: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from("--remap-path-prefix=");
    argument.push(folder.join("src"));
    argument.push("=src");
    argument
}

/// Reads the compiler's messages from its JSON. `shift` lines were put before the block's own.
fn read(json: &str, shift: usize, course: &Course) -> Outcome {
    let mut outcome = Outcome::default();
    for line in json.lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        // "aborting due to…", "1 warning emitted": a message about the messages.
        if message["spans"].as_array().is_none_or(Vec::is_empty) && message["code"].is_null() {
            continue;
        }
        let rendered = message["rendered"].as_str().unwrap_or_default();
        let text = shifted(&homely(rendered, course), shift);
        let code = message["code"]["code"].as_str().map(str::to_owned);
        match message["level"].as_str() {
            Some("error") => outcome.errors.push(Message { code, text }),
            Some("warning") => outcome.warnings.push(Message { code, text }),
            _ => {}
        }
    }
    outcome
}

/// Without the paths of this machine: the standard library's sources, and the course's.
fn homely(text: &str, course: &Course) -> String {
    static STD: Pattern = pattern(r"(?:/rustc/[0-9a-f]+|\S*/lib/rustlib/src/rust)/library/");
    let text = STD.replace_all(text, "library/").into_owned();
    text.replace(&format!("{}/", course.root().display()), "")
}

/// The message with its line numbers in `src/main.rs` moved up by `shift`.
fn shifted(text: &str, shift: usize) -> String {
    static ARROW: Pattern = pattern(r"^( *)(-->|:::) (.+?):(\d+):(\d+)$");
    static GUTTER: Pattern = pattern(r"^(\d+)( +)([|+~-].*)$");
    let mut lines: Vec<String> = Vec::new();
    let (mut before, mut after) = (0, 0);
    let mut ours = true;
    for line in text.lines() {
        let moved = |number: &str, ours: bool| -> usize {
            let number: usize = number.parse().unwrap_or(0);
            number.saturating_sub(if ours { shift } else { 0 })
        };
        let digits = |number: usize| number.to_string().len();
        if let Some(arrow) = ARROW.captures(line) {
            ours = arrow[3].replace('\\', "/") == "src/main.rs";
            let number = moved(&arrow[4], ours);
            before = before.max(arrow[4].len());
            after = after.max(digits(number));
            lines.push(format!("{}{} {}:{number}:{}", &arrow[1], &arrow[2], &arrow[3], &arrow[5]));
        } else if let Some(gutter) = GUTTER.captures(line) {
            let number = moved(&gutter[1], ours);
            before = before.max(gutter[1].len());
            after = after.max(digits(number));
            let width = gutter[1].len() + gutter[2].len();
            lines.push(format!("{number:<width$}{}", &gutter[3]));
        } else {
            lines.push(line.to_owned());
        }
    }
    narrow(lines, before - after.min(before))
}

/// Takes `by` columns out of the gutter, as when line 10 has become line 9.
fn narrow(lines: Vec<String>, by: usize) -> String {
    static NUMBER: Pattern = pattern(r"^(\d+)( +)([|+~-].*)$");
    let spaces = " ".repeat(by);
    let narrowed = lines.into_iter().map(|line| match NUMBER.captures(&line) {
        Some(found) => format!("{}{}{}", &found[1], &found[2][by.min(found[2].len())..], &found[3]),
        None => line.strip_prefix(&spaces).map_or_else(|| line.clone(), str::to_owned),
    });
    narrowed.collect::<Vec<_>>().join("\n")
}

fn run(exe: &Path, folder: &Path) -> Result<Run> {
    // Files, not pipes: a program that prints without end must not block, nor fill our memory.
    let (stdout, stderr) = (folder.join("stdout"), folder.join("stderr"));
    let mut child = Command::new(exe)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(File::create(&stdout)?)
        .stderr(File::create(&stderr)?)
        .spawn()
        .with_context(|| format!("{} cannot be started", exe.display()))?;
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        let printed = fs::metadata(&stdout)?.len() + fs::metadata(&stderr)?.len();
        if started.elapsed() > LIMIT || printed > MOST {
            child.kill()?;
            child.wait()?;
            break None;
        }
        thread::sleep(Duration::from_millis(5));
    };
    let read = |path: &PathBuf| -> Result<String> {
        Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())
    };
    Ok(Run { status, stdout: read(&stdout)?, stderr: read(&stderr)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_numbers_are_those_of_the_block() {
        let message = "error[E0308]: mismatched types\n --> src/main.rs:4:18\n  |\n4 |     let x: u8 = \"\";\n  |            --   ^^ expected `u8`\n";
        let expected = "error[E0308]: mismatched types\n --> src/main.rs:3:18\n  |\n3 |     let x: u8 = \"\";\n  |            --   ^^ expected `u8`";
        assert_eq!(shifted(message, 1), expected);
    }

    #[test]
    fn a_line_number_that_loses_a_digit_narrows_the_gutter() {
        let message = "error: x\n  --> src/main.rs:10:1\n   |\n9  | a\n10 | b\n   | ^\n...";
        let expected = "error: x\n --> src/main.rs:9:1\n  |\n8 | a\n9 | b\n  | ^\n...";
        assert_eq!(shifted(message, 1), expected);
    }

    #[test]
    fn lines_of_other_files_stay() {
        let message = "note: x\n  --> library/core/src/a.rs:74:5\n   |\n74 | a\n";
        assert_eq!(shifted(message, 1), message.trim_end());
    }
}
