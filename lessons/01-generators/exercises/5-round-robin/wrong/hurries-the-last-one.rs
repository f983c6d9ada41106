//! Wrong: takes one more step in advance when only one task is left.
//! Caught by: `one_resume_is_one_step`
//! Because: no other task waits for a turn, but the caller decides when a step is taken: it
//!   asked for one. If it never resumes again, the second step was work for nothing.
//! Says: gave Yielded((4, step 3 of task 4)), and meanwhile this happened: the end of task 1, step 3 of task 4, step 4 of task 4

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
    ahead: Option<(usize, C::Yield)>,
}

impl<C: Coroutine> Interleave<C> {
    /// A rotation that begins with the first of `tasks`. None of them was resumed before.
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        Self { queue: tasks.into_iter().enumerate().collect(), results, ahead: None }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    /// Which task it was, and what it yielded.
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        if let Some(ahead) = self.ahead.take() {
            return Yielded(ahead);
        }
        while let Some((place, mut task)) = self.queue.pop_front() {
            match task.resume(()) {
                Yielded(value) => {
                    if self.queue.is_empty() {
                        match task.resume(()) {
                            Yielded(next) => self.ahead = Some((place, next)),
                            Complete(result) => {
                                self.results[place] = Some(result);
                                return Yielded((place, value));
                            }
                        }
                    }
                    self.queue.push_back((place, task));
                    return Yielded((place, value));
                }
                // Nothing to hand out for this one: the turn goes to the next.
                Complete(result) => self.results[place] = Some(result),
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
