//! Wrong: yields the place among the tasks that are left, not the place in the list.
//! Caught by: `the_number_of_a_task_is_its_place_in_the_list`
//! Because: the numbers shift when a task finishes: the progress of one download appears at another one's bar.
//! Says: step 1 of task 1 went out with the number 0

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
            let place = self.next;
            let (home, task) = &mut self.tasks[place];
            match task.resume(()) {
                Yielded(value) => {
                    self.next += 1;
                    return Yielded((place, value));
                }
                Complete(result) => {
                    self.results[*home] = Some(result);
                    self.tasks.remove(place);
                }
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
