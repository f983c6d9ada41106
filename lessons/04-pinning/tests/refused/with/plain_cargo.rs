//! Cargo, for trybuild. It gives its compiler flags as `--config=build.rustflags=["--cfg", …]`,
//! which cargo cannot join with a `rustflags = "…"` in the user's own config.toml: a list and a
//! text. As an environment variable they take the place of what is there.

use std::env;
use std::process::{Command, exit};

fn main() {
    let mut cargo = Command::new(env::var_os("PLAIN_CARGO").expect("the test says which cargo it is"));
    for argument in env::args_os().skip(1) {
        let text = argument.to_string_lossy();
        match text.strip_prefix("--config=").and_then(|config| config.split_once(".rustflags=")) {
            // The second time, for one target, they are the same.
            Some((_, list)) => {
                cargo.env("CARGO_ENCODED_RUSTFLAGS", flags(list).join("\u{1f}"));
            }
            None => {
                cargo.arg(&argument);
            }
        }
    }
    let status = cargo.status().expect("cargo runs");
    exit(status.code().unwrap_or(1));
}

/// The texts of a list such as `["--cfg", "trybuild"]`. None of trybuild's has a quote in it.
fn flags(list: &str) -> Vec<&str> {
    list.split('"').skip(1).step_by(2).collect()
}
