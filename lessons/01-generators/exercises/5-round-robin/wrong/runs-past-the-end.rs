//! Wrong: removes a finished task, and does not look whether its index was the last one.
//! Caught by: `everybody_gets_to_the_end`
//! Because: behind the last task there is no next one at the same index. It is the first one's turn.
//! Says: index out of bounds: the len is 1 but the index is 1

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
            let (place, task) = &mut self.tasks[self.next];
            let place = *place;
            match task.resume(()) {
                Yielded(value) => {
                    self.next = (self.next + 1) % self.tasks.len();
                    return Yielded((place, value));
                }
                Complete(result) => {
                    self.results[place] = Some(result);
                    // The next one is at this index now.
                    self.tasks.remove(self.next);
                }
            }
        }
        Complete(self.results.drain(..).flatten().collect())
    }
}
