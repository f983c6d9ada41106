//! What the tests stand on: read `../check.rs` first.

use super::*;

pub const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// An output that can be moved, and no more: it is neither cloned nor made up.
#[derive(Debug, PartialEq, Eq)]
pub struct Value(pub &'static str);

/// The whole, pinned.
pub type Whole = Pin<Box<dyn Future<Output = Vec<Value>>>>;

/// A child that is pending `pending` times, and what was done to it.
pub fn child(nth: usize, pending: u32) -> (Scripted<Value>, ScriptLog) {
    Scripted::new(NAMES[nth], pending, Value(NAMES[nth]))
}

/// Children that wake their task at each Pending: all that are not finished are to be polled in
/// every poll.
pub fn restless(pending: &[u32]) -> (Whole, Vec<ScriptLog>) {
    let children = pending.iter().enumerate().map(|(nth, pending)| child(nth, *pending));
    let (children, logs): (Vec<_>, _) = children.unzip();
    (Box::pin(join_all(children)), logs)
}

/// Children that are woken when the test says so.
pub fn held(pending: &[u32]) -> (Whole, Vec<ScriptLog>) {
    let held =
        |(nth, pending): (usize, &u32)| Scripted::held(NAMES[nth], *pending, Value(NAMES[nth]));
    let (children, logs): (Vec<_>, _) = pending.iter().enumerate().map(held).unzip();
    (Box::pin(join_all(children)), logs)
}

pub fn poll(whole: &mut Whole, waker: &Waker) -> Poll<Vec<Value>> {
    whole.as_mut().poll(&mut Context::from_waker(waker))
}

/// "`a` once, `b` 3 times".
pub fn polls(logs: &[ScriptLog]) -> String {
    let polls = NAMES.iter().zip(logs);
    let polls = polls.map(|(name, log)| format!("`{name}` {}", times(u64::from(log.polls()))));
    polls.collect::<Vec<_>>().join(", ")
}

/// "`a` at its poll 1, `b` at its poll 4".
pub fn plan(pending: &[u32]) -> String {
    let ready = NAMES.iter().zip(pending);
    let ready = ready.map(|(name, pending)| format!("`{name}` at its poll {}", pending + 1));
    format!("ready are {}", ready.collect::<Vec<_>>().join(", "))
}

/// Runs a future whose wakes all come from its own polls: once it sleeps, nobody is left to wake
/// it.
pub fn run<F: Future>(polls: u64, future: F) -> Report<F::Output> {
    Bounded::new().polls(polls).when_idle(|| false).run(future)
}

/// Runs a test, and ends it in words if a poll does not return.
pub fn limited(test: fn()) {
    watchdog(Duration::from_secs(5), "`join_all`", test);
}
