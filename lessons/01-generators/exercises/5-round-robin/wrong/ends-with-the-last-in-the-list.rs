//! Wrong: completes when the task at the end of the list completes.
//! Caught by: `results_stand_in_the_order_of_the_tasks`
//! Because: the last in the list is not the last to finish. The others are dropped half-way, and their results are
//!   missing.
//! Says: the results are [10, 20]

use std::collections::VecDeque;

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// Resumes its tasks in turn: each resume is one step of one task.
///
/// It yields what the task yielded, together with the task's place in the list. When the last task has completed, it
/// completes with all results, in the order of the list.
pub struct Interleave<C: Coroutine> {
    queue: VecDeque<(usize, C)>,
    results: Vec<Option<C::Return>>,
}

impl<C: Coroutine> Interleave<C> {
    /// A rotation that begins with the first of `tasks`. None of them was resumed before.
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        Self { queue: tasks.into_iter().enumerate().collect(), results }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    /// Which task it was, and what it yielded.
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        let last = self.results.len().checked_sub(1);
        while let Some((place, mut task)) = self.queue.pop_front() {
            match task.resume(()) {
                Yielded(value) => {
                    self.queue.push_back((place, task));
                    return Yielded((place, value));
                }
                Complete(result) => {
                    self.results[place] = Some(result);
                    if Some(place) == last {
                        break;
                    }
                }
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
