//! Wrong: keeps whose turn it is in a `thread_local!`. (An edit of right/calls-itself.rs.)
//! Caught by: `two_rotations_keep_their_own_turn`
//! Because: it does outlive the resume, but all rotations of a thread share it: one of them
//!   moves the turn of the others on.
//! Says: The turns of a rotation are its own, whatever another one does

use std::cell::Cell;

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

thread_local! {
    static TURN: Cell<usize> = const { Cell::new(0) };
}

/// Resumes its tasks in turn: each resume is one step of one task.
///
/// It yields what the task yielded, together with the task's place in the list. When the last task has completed, it
/// completes with all results, in the order of the list.
pub struct Interleave<C: Coroutine> {
    tasks: Vec<C>,
    results: Vec<Option<C::Return>>,
}

impl<C: Coroutine> Interleave<C> {
    /// A rotation that begins with the first of `tasks`. None of them was resumed before.
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        TURN.set(0);
        Self { tasks, results }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    /// Which task it was, and what it yielded.
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        let count = self.tasks.len();
        let unfinished = |turn: &usize| self.results[turn % count].is_none();
        let Some(turn) = (TURN.get()..TURN.get() + count).find(unfinished) else {
            return Complete(self.results.drain(..).flatten().collect());
        };
        let place = turn % count;
        TURN.set(turn + 1);
        match self.tasks[place].resume(()) {
            Yielded(value) => Yielded((place, value)),
            Complete(result) => {
                self.results[place] = Some(result);
                self.resume(())
            }
        }
    }
}
