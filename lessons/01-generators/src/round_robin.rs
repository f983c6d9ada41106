use std::collections::VecDeque;
use std::fmt;

use crate::Coroutine;
use crate::CoroutineState::{self, Yielded};

/// Which task of a [`RoundRobin`] it is: 0 for the first that was spawned, 1 for the second, and so
/// on.
pub type TaskId = usize;

/// A loop that resumes many coroutines in turn, one step each: the first event loop.
///
/// The task at the front of the queue is resumed. If it yields it goes to the back; if it completes
/// it is dropped. Between two turns of one task, every other task that was in the queue all that
/// time, and is not finished, gets exactly one.
///
/// The loop is not in control while a task runs. A task that does not yield keeps all others
/// waiting, and nothing in here can change that.
///
/// ```
/// use generators::{CountTo, CoroutineState::{Complete, Yielded}, RoundRobin};
///
/// let mut tasks = RoundRobin::new();
/// let (a, b) = (tasks.spawn(CountTo::new(1)), tasks.spawn(CountTo::new(2)));
/// assert_eq!(tasks.turn(), Some((a, Yielded(1))));
/// assert_eq!(tasks.turn(), Some((b, Yielded(1))));
/// assert_eq!(tasks.turn(), Some((a, Complete(1))));
/// assert_eq!(tasks.turn(), Some((b, Yielded(2))));
/// assert_eq!(tasks.turn(), Some((b, Complete(3))));
/// assert_eq!(tasks.turn(), None);
/// ```
// ANCHOR: round_robin
#[must_use = "tasks do nothing unless the loop gives them turns"]
pub struct RoundRobin<'a, Y, R> {
    queue: VecDeque<Task<'a, Y, R>>,
    spawned: usize,
}

struct Task<'a, Y, R> {
    id: TaskId,
    coroutine: Box<dyn Coroutine<Yield = Y, Return = R> + 'a>,
}

impl<'a, Y, R> RoundRobin<'a, Y, R> {
    /// Puts a coroutine at the back of the queue. It is not resumed yet.
    pub fn spawn(&mut self, coroutine: impl Coroutine<Yield = Y, Return = R> + 'a) -> TaskId {
        let id = self.spawned;
        self.spawned += 1;
        self.queue.push_back(Task { id, coroutine: Box::new(coroutine) });
        id
    }

    /// Gives one turn to the task at the front. Returns which it was and what it did, or `None`
    /// if no task is left.
    ///
    /// # Panics
    ///
    /// With the task's panic, if it panics. The task is dropped then, and the loop can go on
    /// with the others.
    pub fn turn(&mut self) -> Option<(TaskId, CoroutineState<Y, R>)> {
        // Out of the queue before it runs: a task that panics does not come back.
        let mut task = self.queue.pop_front()?;
        let id = task.id;
        let state = task.coroutine.resume(());
        if let Yielded(_) = state {
            self.queue.push_back(task);
        }
        Some((id, state))
    }

    /// Gives turns until no task is left, and tells `observe` after each what the task did.
    ///
    /// # Panics
    ///
    /// With the panic of a task or of `observe`. The tasks that are left are dropped then.
    pub fn run(mut self, mut observe: impl FnMut(TaskId, CoroutineState<Y, R>)) {
        while let Some((id, state)) = self.turn() {
            observe(id, state);
        }
    }
}
// ANCHOR_END: round_robin

impl<Y, R> RoundRobin<'_, Y, R> {
    /// A loop without tasks.
    pub fn new() -> Self {
        Self { queue: VecDeque::new(), spawned: 0 }
    }

    /// How many tasks are not finished.
    pub fn len(&self) -> usize {
        self.queue.len()
    }

    /// Whether every task is finished.
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }
}

impl<Y, R> Default for RoundRobin<'_, Y, R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<Y, R> fmt::Debug for RoundRobin<'_, Y, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = self.queue.iter().map(|task| task.id);
        f.debug_tuple("RoundRobin").field(&waiting.collect::<Vec<_>>()).finish()
    }
}
