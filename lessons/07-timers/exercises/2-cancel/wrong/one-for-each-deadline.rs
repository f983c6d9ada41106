//! Wrong: a map from deadlines to values.
//! Caught by: `who_is_due_together_comes_out_in_turn`
//! Because: whoever comes with a deadline that is there already pushes the other one out.
//! Says: 20 entries have the same deadline, and came out in this order: [19]

use std::collections::BTreeMap;
use std::time::Duration;

/// Keeps values until their deadlines have come.
#[derive(Debug)]
pub struct Queue<T> {
    entries: BTreeMap<Duration, T>,
}

/// Names one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    deadline: Duration,
}

impl<T> Queue<T> {
    /// Makes an empty queue.
    pub fn new() -> Self {
        Self { entries: BTreeMap::new() }
    }

    /// Adds an entry. The deadline may have passed already.
    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        self.entries.insert(deadline, value);
        Key { deadline }
    }

    /// Takes an entry out before its time. `None` if it is not there any more.
    pub fn cancel(&mut self, key: Key) -> Option<T> {
        self.entries.remove(&key.deadline)
    }

    /// The earliest deadline of all entries that are there.
    pub fn next_deadline(&self) -> Option<Duration> {
        self.entries.keys().next().copied()
    }

    /// Takes out what is due at `now`: the earliest deadline first, and those with the same one in the order in which they came.
    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let later = self.entries.split_off(&now.saturating_add(Duration::from_nanos(1)));
        std::mem::replace(&mut self.entries, later).into_values().collect()
    }
}
