//! Wrong: collects the results in the order in which the tasks finish.
//! Caught by: `results_stand_in_the_order_of_the_tasks`
//! Because: the shortest task finishes first, whatever its place. The caller cannot tell whose result it reads.
//! Says: the results are [10, 20, 30]

use std::collections::VecDeque;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct Interleave<C: Coroutine> {
    queue: VecDeque<(usize, C)>,
    results: Vec<C::Return>,
}

impl<C: Coroutine> Interleave<C> {
    pub fn new(tasks: Vec<C>) -> Self {
        Self { queue: tasks.into_iter().enumerate().collect(), results: Vec::new() }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        while let Some((place, mut task)) = self.queue.pop_front() {
            match task.resume(()) {
                Yielded(value) => {
                    self.queue.push_back((place, task));
                    return Yielded((place, value));
                }
                Complete(result) => self.results.push(result),
            }
        }
        Complete(self.results.drain(..).collect())
    }
}
