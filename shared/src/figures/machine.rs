//! On what a figure was measured.

use std::fs;
use std::process::Command;

/// A machine, as far as a reader wants to know it. There is no date in it: measured again, equal
/// figures give equal files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// How many threads run at once.
    pub cores: usize,
    /// The operating system, and the processor's family.
    pub system: String,
    /// The compiler's version.
    pub rustc: String,
    /// `release`, or `debug`, by which nobody should judge.
    pub profile: String,
}

impl Machine {
    /// This machine. What it does not tell is `unknown`.
    pub fn here() -> Self {
        let unknown = || "unknown".to_owned();
        let system = match std::env::consts::OS {
            "linux" => "Linux",
            "macos" => "macOS",
            "windows" => "Windows",
            other => other,
        };
        let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
        Self {
            processor: processor().unwrap_or_else(unknown),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            system: format!("{system} {}", std::env::consts::ARCH),
            rustc: rustc().unwrap_or_else(unknown),
            profile: profile.to_owned(),
        }
    }
}

fn processor() -> Option<String> {
    let name = match std::env::consts::OS {
        "linux" => {
            let facts = fs::read_to_string("/proc/cpuinfo").ok()?;
            let line = facts.lines().find(|line| line.starts_with("model name"))?;
            line.split_once(':')?.1.to_owned()
        }
        "macos" => said_by("sysctl", &["-n", "machdep.cpu.brand_string"])?,
        _ => std::env::var("PROCESSOR_IDENTIFIER").ok()?,
    };
    let name: Vec<&str> = name.split_whitespace().collect();
    (!name.is_empty()).then(|| name.join(" "))
}

/// The compiler that cargo would call here. It is asked: a build script for one word would slow
/// every first build down.
fn rustc() -> Option<String> {
    let version = said_by("rustc", &["--version"])?;
    version.split_whitespace().nth(1).map(str::to_owned)
}

fn said_by(program: &str, words: &[&str]) -> Option<String> {
    let output = Command::new(program).args(words).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
