//! Wrong: resumes every task once, and hands out the yielded values one by one afterwards.
//! Caught by: `one_resume_is_one_step`
//! Because: the order is right, but the steps are not taken when they are asked for. Whoever takes
//!   one value pays for a whole round.
//! Says: gave Yielded((0, step 1 of task 0)), and meanwhile this happened: step 1 of task 0, step 1 of task 1

use std::collections::VecDeque;

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

pub struct Interleave<C: Coroutine> {
    queue: VecDeque<(usize, C)>,
    results: Vec<Option<C::Return>>,
    ready: VecDeque<(usize, C::Yield)>,
}

impl<C: Coroutine> Interleave<C> {
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        let queue = tasks.into_iter().enumerate().collect();
        Self { queue, results, ready: VecDeque::new() }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        loop {
            if let Some(value) = self.ready.pop_front() {
                return Yielded(value);
            }
            if self.queue.is_empty() {
                return Complete(self.results.drain(..).flatten().collect());
            }
            for _ in 0..self.queue.len() {
                let Some((place, mut task)) = self.queue.pop_front() else { break };
                match task.resume(()) {
                    Yielded(value) => {
                        self.ready.push_back((place, value));
                        self.queue.push_back((place, task));
                    }
                    Complete(result) => self.results[place] = Some(result),
                }
            }
        }
    }
}
