//! Right: a map by place and the place that was last, and results that are sorted at the end.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, CoroutineState};

/// Resumes its tasks in turn: each resume is one step of one task.
///
/// It yields what the task yielded, together with the task's place in the list. When the last task
/// has completed, it completes with all results, in the order of the list.
pub struct Interleave<C: Coroutine> {
    running: BTreeMap<usize, Box<C>>,
    last: Option<usize>,
    results: Vec<(usize, C::Return)>,
}

impl<C: Coroutine> Interleave<C> {
    /// A rotation that begins with the first of `tasks`. None of them was resumed before.
    pub fn new(tasks: Vec<C>) -> Self {
        let running = tasks.into_iter().map(Box::new).enumerate().collect();
        Self { running, last: None, results: Vec::new() }
    }
}

impl<C: Coroutine> Coroutine for Interleave<C> {
    /// Which task it was, and what it yielded.
    type Yield = (usize, C::Yield);
    type Return = Vec<C::Return>;

    fn resume(&mut self, (): ()) -> CoroutineState<(usize, C::Yield), Vec<C::Return>> {
        loop {
            let after = self.last.map_or(Unbounded, Excluded);
            let later = self.running.range((after, Unbounded)).next();
            let Some((&place, _)) = later.or_else(|| self.running.iter().next()) else {
                break;
            };
            self.last = Some(place);
            let task = self.running.get_mut(&place).expect("it was found a moment ago");
            match task.resume(()) {
                Yielded(value) => return Yielded((place, value)),
                Complete(result) => {
                    self.running.remove(&place);
                    self.results.push((place, result));
                }
            }
        }
        self.results.sort_by_key(|(place, _)| *place);
        Complete(std::mem::take(&mut self.results).into_iter().map(|(_, result)| result).collect())
    }
}
