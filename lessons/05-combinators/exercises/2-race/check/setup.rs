//! What the tests stand on: read `../check.rs` first.

use super::*;

/// The left side's output, which is neither the right side's nor can be made up.
pub struct Left;

/// The right side's.
pub struct Right;

/// Two sides that wake their task at each Pending, and what was done to them.
pub struct Sides {
    pub(super) left: ScriptLog,
    pub(super) right: ScriptLog,
}

pub fn sides(pending: (u32, u32)) -> (Scripted<Left>, Scripted<Right>, Sides) {
    let (left, left_log) = Scripted::new("left", pending.0, Left);
    let (right, right_log) = Scripted::new("right", pending.1, Right);
    (left, right, Sides { left: left_log, right: right_log })
}

/// Two sides that wake their task when the test says so.
pub fn held(pending: (u32, u32)) -> (Scripted<Left>, Scripted<Right>, Sides) {
    let (left, left_log) = Scripted::held("left", pending.0, Left);
    let (right, right_log) = Scripted::held("right", pending.1, Right);
    (left, right, Sides { left: left_log, right: right_log })
}

impl Sides {
    /// "`left` has been polled once, `right` 0 times".
    pub fn polls(&self) -> String {
        let [left, right] = [&self.left, &self.right].map(|log| times(u64::from(log.polls())));
        format!("`left` has been polled {left}, `right` {right}")
    }
}

/// What a poll said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Pending,
    LeftWon,
    RightWon,
}

pub fn poll<F>(race: &mut Pin<Box<F>>, waker: &Waker) -> Said
where
    F: Future<Output = Winner<Left, Right>>,
{
    match race.as_mut().poll(&mut Context::from_waker(waker)) {
        Poll::Pending => Said::Pending,
        Poll::Ready(Winner::Left(Left)) => Said::LeftWon,
        Poll::Ready(Winner::Right(Right)) => Said::RightWon,
    }
}

/// Polls until one has won, at most `limit` times.
pub fn outcome<F>(mut race: Pin<Box<F>>, limit: u32) -> (Said, u32)
where
    F: Future<Output = Winner<Left, Right>>,
{
    for polls in 1..=limit {
        let said = poll(&mut race, Waker::noop());
        if said != Said::Pending {
            return (said, polls);
        }
    }
    (Said::Pending, limit)
}

/// "`left` is ready at its poll 1, `right` at its poll 3".
pub fn plan(pending: (u32, u32)) -> String {
    format!("`left` is ready at its poll {}, `right` at its poll {}", pending.0 + 1, pending.1 + 1)
}

/// Runs a future whose wakes all come from its own polls: once it sleeps, nobody is left to wake
/// it.
pub fn run<F: Future>(polls: u64, future: F) -> Report<F::Output> {
    Bounded::new().polls(polls).when_idle(|| false).run(future)
}

/// Runs a test, and ends it in words if a poll does not return.
pub fn limited(test: fn()) {
    watchdog(Duration::from_secs(5), "`race`", test);
}
