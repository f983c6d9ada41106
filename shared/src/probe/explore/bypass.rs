use crate::probe::paths::paths;

/// What of `std::sync` has no counterpart that differs in the explorer: it may be taken from
/// either.
const HARMLESS: [&str; 7] =
    ["Arc", "Weak", "PoisonError", "LockResult", "TryLockError", "TryLockResult", "Exclusive"];

/// Finds the first path in a Rust source that takes a thread, a lock or an atomic from std and so
/// goes round the explorer.
///
/// The explorer cannot stop a thread in the middle of what it does not see: with std's own locks,
/// few orders are tried, and a thread that blocks in them blocks the check. A check therefore asks
/// first, with `include_str!("answer.rs")`.
///
/// The source is read for its paths only; macros and strings are not understood.
///
/// ```
/// use shared::probe::explore::bypass;
///
/// assert_eq!(bypass("use std::sync::{Arc, Mutex};"), Some("std::sync::Mutex".to_owned()));
/// assert_eq!(bypass("fn wait() { std::thread::park(); }"), Some("std::thread::park".to_owned()));
/// assert_eq!(bypass("use crate::sync::Mutex; // not std::sync::Mutex"), None);
/// ```
pub fn bypass(source: &str) -> Option<String> {
    paths(source).into_iter().find(|path| goes_round(path)).map(|path| path.join("::"))
}

fn goes_round(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.get(1..).unwrap_or_default() {
        ["thread", ..] | ["sync"] => true,
        ["sync", item, ..] => !HARMLESS.contains(item),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::bypass;

    #[test]
    fn every_way_to_name_a_lock_is_found() {
        for (source, path) in [
            ("use std::sync::Mutex;", "std::sync::Mutex"),
            (
                "use std::sync::{Arc, atomic::{AtomicBool, Ordering}};",
                "std::sync::atomic::AtomicBool",
            ),
            ("use std::{task::Wake, sync::{Arc, Condvar}};", "std::sync::Condvar"),
            ("use core::sync::atomic;", "core::sync::atomic"),
            ("use std::sync;", "std::sync"),
            ("use std::sync::{self, Arc};", "std::sync"),
            ("use std::sync::*;", "std::sync::*"),
            ("use std :: thread as t;", "std::thread"),
            ("fn f() { let _ = ::std::sync::Mutex::new(0); }", "std::sync::Mutex::new"),
        ] {
            assert_eq!(bypass(source).as_deref(), Some(path), "{source}");
        }
    }

    #[test]
    fn what_does_no_harm_is_left_alone() {
        for source in [
            "use std::sync::Arc;",
            "use std::sync::{Arc, PoisonError, Weak};",
            "use std::{pin::Pin, sync::Arc, task::{Context, Poll}};",
            "use crate::sync::{Arc, Mutex}; use crate::thread;",
            "fn f() { std::sync::Arc::new(0); std::mem::take(&mut 0); }",
            "/* std::thread */ // std::sync::Mutex",
        ] {
            assert_eq!(bypass(source), None, "{source}");
        }
    }
}
