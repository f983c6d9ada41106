//! Right: keeps every task, also the finished, sees by the result who is finished, and calls itself
//!   to pass the turn on.

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// Resumes its tasks in turn: each resume is one step of one task.
///
/// It yields what the task yielded, together with the task's place in the list. When the last task
/// has completed, it completes with all results, in the order of the list.
pub struct Interleave<C: Coroutine> {
    tasks: Vec<C>,
    results: Vec<Option<C::Return>>,
    turn: usize,
}

impl<C: Coroutine> Interleave<C> {
    /// A rotation that begins with the first of `tasks`. None of them was resumed before.
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        Self { tasks, results, turn: 0 }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    /// Which task it was, and what it yielded.
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        let count = self.tasks.len();
        let unfinished = |turn: &usize| self.results[turn % count].is_none();
        let Some(turn) = (self.turn..self.turn + count).find(unfinished) else {
            return Complete(self.results.drain(..).flatten().collect());
        };
        let place = turn % count;
        self.turn = turn + 1;
        match self.tasks[place].resume(()) {
            Yielded(value) => Yielded((place, value)),
            Complete(result) => {
                self.results[place] = Some(result);
                self.resume(())
            }
        }
    }
}
