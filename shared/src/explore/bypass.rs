/// What of `std::sync` has no counterpart that differs in the explorer: it may be taken from either.
const HARMLESS: [&str; 7] =
    ["Arc", "Weak", "PoisonError", "LockResult", "TryLockError", "TryLockResult", "Exclusive"];

/// Finds the first path in a Rust source that takes a thread, a lock or an atomic from std and so goes round the explorer.
///
/// The explorer cannot stop a thread in the middle of what it does not see: with std's own locks, few orders are tried, and a
/// thread that blocks in them blocks the check. A check therefore asks first, with `include_str!("answer.rs")`.
///
/// The source is read for its paths only; macros and strings are not understood.
///
/// ```
/// use shared::explore::bypass;
///
/// assert_eq!(bypass("use std::sync::{Arc, Mutex};"), Some("std::sync::Mutex".to_owned()));
/// assert_eq!(bypass("fn wait() { std::thread::park(); }"), Some("std::thread::park".to_owned()));
/// assert_eq!(bypass("use crate::sync::Mutex; // not std::sync::Mutex"), None);
/// ```
pub fn bypass(source: &str) -> Option<String> {
    let code = without_comments(source);
    let tokens = tokens(&code);
    (0..tokens.len()).find_map(|at| {
        let is_root = matches!(tokens[at], "std" | "core") && tokens.get(at + 1) == Some(&"::");
        let mut found = Vec::new();
        if is_root {
            collect(&tokens[at..], &mut Vec::new(), &mut found);
        }
        found.into_iter().find(|path| goes_round(path)).map(|path| path.join("::"))
    })
}

fn goes_round(path: &[&str]) -> bool {
    match path.get(1..).unwrap_or_default() {
        ["thread", ..] | ["sync"] => true,
        ["sync", item, ..] => !HARMLESS.contains(item),
        _ => false,
    }
}

/// Reads one path or one `use` tree from the front of `tokens`, and returns how many tokens it took.
fn collect<'a>(
    tokens: &[&'a str],
    prefix: &mut Vec<&'a str>,
    found: &mut Vec<Vec<&'a str>>,
) -> usize {
    let depth = prefix.len();
    let mut at = 0;
    loop {
        match tokens.get(at) {
            Some(&"{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| *token != "}") {
                    at += collect(&tokens[at..], prefix, found).max(1);
                }
                at += 1;
                break;
            }
            Some(&name) if name == "*" || is_word(name) => {
                if name != "self" {
                    prefix.push(name);
                }
                at += 1;
            }
            _ => break,
        }
        if tokens.get(at) != Some(&"::") {
            found.push(prefix.clone());
            break;
        }
        at += 1;
    }
    prefix.truncate(depth);
    at
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn tokens(mut code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    while let Some(first) = code.chars().next() {
        let in_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if in_word(first) {
            code.find(|c| !in_word(c)).unwrap_or(code.len())
        } else if code.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, rest) = code.split_at(length);
        if !first.is_whitespace() {
            tokens.push(token);
        }
        code = rest;
    }
    tokens
}

fn without_comments(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(at) = rest.find("//").into_iter().chain(rest.find("/*")).min() {
        code.push_str(&rest[..at]);
        let end = if rest[at..].starts_with("//") { "\n" } else { "*/" };
        rest = rest[at + 2..].split_once(end).map_or("", |(_, after)| after);
        code.push('\n');
    }
    code + rest
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
