//! Wrong: removes a finished task from the list, and moves the index on as well.
//! Caught by: `nobody_is_skipped_when_another_finishes`
//! Because: after the removal the next task stands at the same index. To move on is to pass it over.
//! Says: they yielded, as (task, step): [(0, 1), (1, 1), (2, 1), (2, 2), (1, 2)]

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct Interleave<C: Coroutine> {
    tasks: Vec<(usize, C)>,
    results: Vec<Option<C::Return>>,
    next: usize,
}

impl<C: Coroutine> Interleave<C> {
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        Self { tasks: tasks.into_iter().enumerate().collect(), results, next: 0 }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        while !self.tasks.is_empty() {
            let index = self.next % self.tasks.len();
            self.next = index + 1;
            let (place, task) = &mut self.tasks[index];
            match task.resume(()) {
                Yielded(value) => return Yielded((*place, value)),
                Complete(result) => {
                    self.results[*place] = Some(result);
                    self.tasks.remove(index);
                }
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
