//! Wrong: goes back to the front of the list when a task finishes.
//! Caught by: `few_tasks_of_few_steps_always_come_in_order`
//! Because: whoever stands in front gets a turn too many, and whoever stands behind the finished one waits longer.
//!   With enough short tasks it waits very long.
//! Says: instead of [(0, 1), (2, 1), (0, 2)]

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// Resumes its tasks in turn: each resume is one step of one task.
///
/// It yields what the task yielded, together with the task's place in the list. When the last task has completed, it
/// completes with all results, in the order of the list.
pub struct Interleave<C: Coroutine> {
    tasks: Vec<(usize, C)>,
    results: Vec<Option<C::Return>>,
    next: usize,
}

impl<C: Coroutine> Interleave<C> {
    /// A rotation that begins with the first of `tasks`. None of them was resumed before.
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        Self { tasks: tasks.into_iter().enumerate().collect(), results, next: 0 }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    /// Which task it was, and what it yielded.
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        while !self.tasks.is_empty() {
            self.next %= self.tasks.len();
            let (place, task) = &mut self.tasks[self.next];
            let place = *place;
            match task.resume(()) {
                Yielded(value) => {
                    self.next += 1;
                    return Yielded((place, value));
                }
                Complete(result) => {
                    self.results[place] = Some(result);
                    self.tasks.remove(self.next);
                    self.next = 0;
                }
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
