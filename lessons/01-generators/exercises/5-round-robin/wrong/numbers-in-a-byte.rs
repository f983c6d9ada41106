//! Wrong: keeps the places of the tasks in a byte each.
//! Caught by: `there_may_be_many_tasks`
//! Because: a list may have more than 256 tasks. `as` cuts off what does not fit, so task 256
//!   goes out as task 0, and its result replaces the first one.
//! Says: step 1 of task 256 went out with the number 0

use std::collections::VecDeque;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// Resumes its tasks in turn: each resume is one step of one task.
///
/// It yields what the task yielded, together with the task's place in the list. When the last task has completed, it
/// completes with all results, in the order of the list.
pub struct Interleave<C: Coroutine> {
    /// The unfinished tasks, the next one in front.
    queue: VecDeque<(u8, C)>,
    /// By place in the list: the results so far.
    results: Vec<Option<C::Return>>,
}

impl<C: Coroutine> Interleave<C> {
    /// A rotation that begins with the first of `tasks`. None of them was resumed before.
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        let place = |(place, task)| (place as u8, task);
        Self { queue: tasks.into_iter().enumerate().map(place).collect(), results }
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
                    self.queue.push_back((place, task));
                    return Yielded((place.into(), value));
                }
                // Nothing to hand out for this one: the turn goes to the next.
                Complete(result) => self.results[usize::from(place)] = Some(result),
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
