//! `cargo metadata` of the real workspace, for the tests that judge the workspace itself.

use serde_json::Value;
use std::env;
use std::process::Command;

/// What `cargo metadata` says; `None` where it cannot say it, because a learner is offline and the
/// packages for other systems are not here. Under CI that is a failure.
pub fn metadata() -> Option<Value> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--format-version", "1"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output().expect("cargo runs");
    let complaints = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Some(serde_json::from_slice(&output.stdout).expect("cargo prints JSON"));
    }
    let offline = ["failed to download", "Could not resolve host", "--offline was specified"];
    let offline = offline.iter().any(|words| complaints.contains(words));
    assert!(offline && env::var_os("CI").is_none(), "`cargo metadata` fails:\n{complaints}");
    eprintln!("not checked, for want of a network:\n{complaints}");
    None
}

/// The strings of a JSON array's objects under `key`.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The elements of a JSON array.
pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
