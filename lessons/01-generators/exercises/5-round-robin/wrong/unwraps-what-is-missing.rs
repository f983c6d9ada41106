//! Wrong: drops a task that has yielded twice, and expects a result of every task.
//! Caught by: `everybody_gets_to_the_end`
//! Because: a task that has yielded is not finished, however often it has. Its place in the
//!   results stays empty, and `unwrap` stumbles over it.
//! Says: task 1 had taken 2 of 3 steps and had not completed when `resume` panicked (called `Option::unwrap()`

use std::collections::VecDeque;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// Resumes its tasks in turn: each resume is one step of one task.
///
/// It yields what the task yielded, together with the task's place in the list. When the last task has completed, it
/// completes with all results, in the order of the list.
pub struct Interleave<C: Coroutine> {
    /// The unfinished tasks, the next one in front.
    queue: VecDeque<(usize, C)>,
    /// By place in the list: the results so far.
    results: Vec<Option<C::Return>>,
    turns: Vec<u32>,
}

impl<C: Coroutine> Interleave<C> {
    /// A rotation that begins with the first of `tasks`. None of them was resumed before.
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        let turns = vec![0; tasks.len()];
        Self { queue: tasks.into_iter().enumerate().collect(), results, turns }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    /// Which task it was, and what it yielded.
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        while let Some((place, mut task)) = self.queue.pop_front() {
            match task.resume(()) {
                Yielded(value) => {
                    self.turns[place] += 1;
                    if self.turns[place] < 2 {
                        self.queue.push_back((place, task));
                    }
                    return Yielded((place, value));
                }
                // Nothing to hand out for this one: the turn goes to the next.
                Complete(result) => self.results[place] = Some(result),
            }
        }
        Complete(self.results.drain(..).map(Option::unwrap).collect())
    }
}
