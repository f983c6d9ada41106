use crate::paths::paths;

/// Finds the first path in a Rust source that leads to one of `roots`, or to what is below it.
///
/// For a check whose answer must not start a thread, or look at a clock that is not the check's: it asks first, with
/// `include_str!("answer.rs")`, and says so in words, where the answer would only seem to hang.
///
/// The source is read for its paths only; macros and strings are not understood. A glob leads to all that is below it.
///
/// ```
/// use shared::probe::uses;
///
/// let source = "use std::{sync::Arc, thread}; // not std::time::Instant";
/// assert_eq!(uses(source, &["std::thread"]), Some("std::thread".to_owned()));
/// assert_eq!(uses(source, &["std::time::Instant", "std::time::SystemTime"]), None);
/// ```
pub fn uses(source: &str, roots: &[&str]) -> Option<String> {
    let mut all = paths(source).into_iter();
    all.find(|path| roots.iter().any(|root| leads_to(path, root))).map(|path| path.join("::"))
}

fn leads_to(path: &[String], root: &str) -> bool {
    // `core` has the same things as `std`, as far as it has them.
    let steps = &path[1..];
    let root: Vec<&str> = root.split("::").skip(1).collect();
    match steps.split_last() {
        Some((last, above)) if last == "*" => {
            above.iter().zip(&root).all(|(step, wanted)| step == wanted)
        }
        _ => {
            steps.len() >= root.len()
                && steps.iter().zip(&root).all(|(step, wanted)| step == wanted)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::uses;

    #[test]
    fn every_way_to_name_a_thing_is_found() {
        for (source, path) in [
            ("fn f() { std::thread::spawn(|| ()); }", "std::thread::spawn"),
            ("use std::{sync::Mutex, thread::{self, Thread}};", "std::thread"),
            ("use std::thread as t;", "std::thread"),
            ("use ::std::thread::*;", "std::thread::*"),
            ("use std::*;", "std::*"),
            ("use std::sync::Mutex; use std::time::{Duration, Instant};", "std::time::Instant"),
            ("use std::time::*;", "std::time::*"),
        ] {
            let found = uses(source, &["std::thread", "std::time::Instant"]);
            assert_eq!(found.as_deref(), Some(path), "{source}");
        }
    }

    #[test]
    fn what_is_beside_it_or_above_it_is_left_alone() {
        for source in [
            "use std::time::Duration;",
            "use std::time;",
            "use std::sync::*;",
            "use crate::thread; // std::thread",
        ] {
            assert_eq!(uses(source, &["std::thread", "std::time::Instant"]), None, "{source}");
        }
    }
}
