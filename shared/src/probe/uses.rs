use crate::probe::paths::{paths, says};

/// Finds the first path in a Rust source that leads to one of `roots`, or to what is below it.
///
/// For a check whose answer must not start a thread, or look at a clock that is not the check's: it
/// asks first, with `include_str!("answer.rs")`, and says so in words, where the answer would only
/// seem to hang.
///
/// The source is read for its paths and words only; macros and strings are not understood. A path
/// that ends above a root, as in `use std::time;` or `use std::time::*;`, leads there if the next
/// word on the way to it is said anywhere.
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
    let leads = |path: &[String], root: &str| leads_to(path, root, |word| says(source, word));
    all.find(|path| roots.iter().any(|root| leads(path, root))).map(|path| path.join("::"))
}

fn leads_to(path: &[String], root: &str, says: impl Fn(&str) -> bool) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).filter(|step| *step != "*").collect();
    let root: Vec<&str> = root.split("::").collect();
    // `core` and `alloc` have the same things as `std`, as far as they have them: the first step is
    // the same.
    let together = path.iter().zip(&root).skip(1).all(|(step, wanted)| step == wanted);
    together && root.get(path.len()).is_none_or(|next| says(next))
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
            ("use std::*; fn f() { thread::park(); }", "std::*"),
            ("use std::sync::Mutex; use std::time::{Duration, Instant};", "std::time::Instant"),
            ("use std::time::*; struct S(Instant);", "std::time::*"),
            ("use std::time; fn f() { time::Instant::now(); }", "std::time"),
        ] {
            let found = uses(source, &["std::thread", "std::time::Instant"]);
            assert_eq!(found.as_deref(), Some(path), "{source}");
        }
    }

    #[test]
    fn another_name_of_std_is_found() {
        for (source, path) in [
            ("extern crate alloc; use alloc::task::Wake;", "alloc::task::Wake"),
            ("use core::task::*; fn f(_: impl Wake) {}", "core::task::*"),
        ] {
            assert_eq!(uses(source, &["std::task::Wake"]).as_deref(), Some(path), "{source}");
        }
        assert_eq!(uses("use std::alloc::Layout;", &["std::task::Wake"]), None);
    }

    #[test]
    fn what_is_beside_it_or_above_it_is_left_alone() {
        for source in [
            "use std::time::Duration;",
            "use std::time; struct S(time::Duration);",
            "use std::time::*; // Instant",
            "use std::sync::*;",
            "use crate::thread; // std::thread",
        ] {
            assert_eq!(uses(source, &["std::thread", "std::time::Instant"]), None, "{source}");
        }
    }
}
