//! Wrong: keeps one step in store, to know in time whether there is another one.
//! Caught by: `one_resume_is_one_step`
//! Because: the step in store was taken before anybody asked for it, and perhaps nobody will.
//! Says: gave Yielded((0, step 1 of task 0)), and meanwhile this happened: step 1 of task 0, step 1 of task 1

use std::collections::VecDeque;

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// Resumes its tasks in turn: each resume is one step of one task.
///
/// It yields what the task yielded, together with the task's place in the list. When the last task
/// has completed, it completes with all results, in the order of the list.
pub struct Interleave<C: Coroutine> {
    queue: VecDeque<(usize, C)>,
    ahead: Option<(usize, C::Yield)>,
    results: Vec<Option<C::Return>>,
    begun: bool,
}

impl<C: Coroutine> Interleave<C> {
    /// A rotation that begins with the first of `tasks`. None of them was resumed before.
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        let queue = tasks.into_iter().enumerate().collect();
        Self { queue, ahead: None, results, begun: false }
    }

    fn step(&mut self) -> Option<(usize, C::Yield)> {
        while let Some((place, mut task)) = self.queue.pop_front() {
            match task.resume(()) {
                Yielded(value) => {
                    self.queue.push_back((place, task));
                    return Some((place, value));
                }
                Complete(result) => self.results[place] = Some(result),
            }
        }
        None
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    /// Which task it was, and what it yielded.
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        if !self.begun {
            self.begun = true;
            self.ahead = self.step();
        }
        let Some(now) = self.ahead.take() else {
            return Complete(self.results.drain(..).flatten().collect());
        };
        self.ahead = self.step();
        Yielded(now)
    }
}
