//! Settings that come from outside the course, and break it: what to say of them.

use std::env;

/// Whether the compiler complains that tests cannot be built where a panic ends the program.
pub fn is_about_panics(said: &str) -> bool {
    said.contains("panic=abort") || said.contains("panic-strategy")
}

fn aborting() -> Vec<String> {
    set(|name, value| {
        let is_setting = name.starts_with("CARGO_PROFILE_") && name.ends_with("_PANIC");
        (is_setting || name.ends_with("RUSTFLAGS")) && value.contains("abort")
    })
}

/// The same, if a variable says so.
pub fn panics_abort_here() -> Option<String> {
    (!aborting().is_empty()).then(panic_aborts)
}

/// What to say where a panic ends the program instead of unwinding.
pub fn panic_aborts() -> String {
    let set = aborting();
    let from = if set.is_empty() {
        "`panic` in a profile, or `rustflags`, in a config.toml of cargo (such as ~/.cargo/config.toml)".to_owned()
    } else {
        set.join(", ")
    };
    format!(
        "your settings say panic = \"abort\", and lessons and checks have to catch panics; take it out: {from}"
    )
}

/// What says which compiler is run, where that does not work.
pub fn compilers() -> String {
    let set = set(|name, _| {
        ["RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"]
            .iter()
            .any(|known| name == *known || name.strip_prefix("CARGO_BUILD_") == Some(known))
    });
    if set.is_empty() {
        "look at `rustc` and `rustc-wrapper` in a config.toml of cargo (such as ~/.cargo/config.toml)".to_owned()
    } else {
        format!("unset it, or install what it names: {}", set.join(", "))
    }
}

/// The variables that are set and matter, as one would write them.
fn set(matters: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let all = env::vars_os().filter_map(|(name, value)| {
        let (name, value) = (name.into_string().ok()?, value.to_string_lossy().into_owned());
        (!value.is_empty() && matters(&name, &value))
            .then(|| format!("`{name}={}`", value.replace('\u{1f}', " ")))
    });
    let mut all: Vec<_> = all.collect();
    all.sort();
    all
}
