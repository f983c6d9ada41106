//! Right: no queue, but a ring: each task knows whose turn comes after its own.

use generators::Coroutine;
use generators::CoroutineState::{self, Complete, Yielded};

/// Resumes its tasks in turn: each resume is one step of one task.
///
/// It yields what the task yielded, together with the task's place in the list. When the last task
/// has completed, it completes with all results, in the order of the list.
pub struct Interleave<C: Coroutine> {
    /// By place in the list: the task, and the place of the one whose turn comes after it.
    ring: Vec<(C, usize)>,
    /// The place of the task that had its turn last; meaningless once `left` is 0.
    last: usize,
    /// How many are unfinished.
    left: usize,
    /// By place in the list: the results so far.
    results: Vec<Option<C::Return>>,
}

impl<C: Coroutine> Interleave<C> {
    /// A rotation that begins with the first of `tasks`. None of them was resumed before.
    pub fn new(tasks: Vec<C>) -> Self {
        let results = tasks.iter().map(|_| None).collect();
        let left = tasks.len();
        let next = |(place, task)| (task, (place + 1) % left);
        let ring = tasks.into_iter().enumerate().map(next).collect();
        Self { ring, last: left.saturating_sub(1), left, results }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    /// Which task it was, and what it yielded.
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        while self.left > 0 {
            let place = self.ring[self.last].1;
            match self.ring[place].0.resume(()) {
                Yielded(value) => {
                    self.last = place;
                    return Yielded((place, value));
                }
                Complete(result) => {
                    self.results[place] = Some(result);
                    self.ring[self.last].1 = self.ring[place].1;
                    self.left -= 1;
                }
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
