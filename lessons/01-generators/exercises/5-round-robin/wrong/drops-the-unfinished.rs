//! Wrong: takes a task out of the queue, and does not put it back after it has yielded.
//! Caught by: `everybody_gets_to_the_end`
//! Because: a task that yielded is not finished. Outside of the queue nobody resumes it, and it is dropped half-way.
//! Says: of the 3 values of task 1, 1 came out before the rotation completed: [(0, 1), (1, 1), (3, 1)]

use std::collections::VecDeque;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct Interleave<C: Coroutine> {
    queue: VecDeque<(usize, C)>,
    results: Vec<Option<C::Return>>,
}

impl<C: Coroutine> Interleave<C> {
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        Self { queue: tasks.into_iter().enumerate().collect(), results }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        while let Some((place, mut task)) = self.queue.pop_front() {
            match task.resume(()) {
                Yielded(value) => return Yielded((place, value)),
                Complete(result) => self.results[place] = Some(result),
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
