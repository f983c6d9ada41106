//! Wrong: goes round the list by index, and does not look at who is finished.
//! Caught by: `a_finished_task_is_never_resumed_again`
//! Because: the result is there, and the task gets another turn all the same. A task that is resumed after its end panics, or
//!   starts again.
//! Says: task 0 had completed, and was resumed again

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct Interleave<C: Coroutine> {
    tasks: Vec<C>,
    results: Vec<Option<C::Return>>,
    next: usize,
}

impl<C: Coroutine> Interleave<C> {
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        Self { tasks, results, next: 0 }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        while self.results.iter().any(Option::is_none) {
            let place = self.next;
            self.next = (self.next + 1) % self.tasks.len();
            match self.tasks[place].resume(()) {
                Yielded(value) => return Yielded((place, value)),
                Complete(result) => self.results[place] = Some(result),
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
