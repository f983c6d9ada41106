//! Wrong: puts the task back to the front, so that it is resumed until it is finished.
//! Caught by: `tasks_take_turns`
//! Because: everybody gets to the end, but one after the other. That is a plain loop over the list with more words.
//! Says: yielded, as (task, step): [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2)]

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
                Yielded(value) => {
                    self.queue.push_front((place, task));
                    return Yielded((place, value));
                }
                Complete(result) => self.results[place] = Some(result),
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
