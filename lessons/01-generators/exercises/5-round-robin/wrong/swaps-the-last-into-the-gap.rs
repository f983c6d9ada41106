//! Wrong: removes a finished task with `swap_remove`.
//! Caught by: `nobody_is_skipped_when_another_finishes`
//! Because: that is quick because it puts the last task into the gap. The last one overtakes all the others.
//! Says: they yielded, as (task, step): [(0, 1), (1, 1), (2, 1), (2, 2), (1, 2)]

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
                    self.tasks.swap_remove(self.next);
                }
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
