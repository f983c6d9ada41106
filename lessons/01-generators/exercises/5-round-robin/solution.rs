//! Many coroutines, seen as one.
//!
//! The queue holds exactly the tasks that are not finished, in the order of their turns. That
//! answers every question at once: whose turn it is (the front), who comes after whom (the queue),
//! who must not be resumed any more (whoever is not in it), and when it is all over (it is empty).
//! Each task carries its place in the list, because its place in the queue changes.

use std::collections::VecDeque;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// Resumes its tasks in turn: each resume is one step of one task.
///
/// It yields what the task yielded, together with the task's place in the list. When the last task
/// has completed, it completes with all results, in the order of the list.
pub struct Interleave<C: Coroutine> {
    /// The unfinished tasks, the next one in front.
    queue: VecDeque<(usize, C)>,
    /// By place in the list: the results so far.
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
        while let Some((place, mut task)) = self.queue.pop_front() {
            match task.resume(()) {
                Yielded(value) => {
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
