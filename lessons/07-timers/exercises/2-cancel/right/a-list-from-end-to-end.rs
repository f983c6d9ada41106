//! Right: a list in the order of insertion, searched from end to end. Slow, and nothing in the task
//!   forbids it.

use std::time::Duration;

/// Keeps values until their deadlines have come.
#[derive(Debug)]
pub struct Queue<T> {
    entries: Vec<(Duration, Key, T)>,
    inserted: u64,
}

/// Names one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    number: u64,
}

impl<T> Queue<T> {
    /// Makes an empty queue.
    pub fn new() -> Self {
        Self { entries: Vec::new(), inserted: 0 }
    }

    /// Adds an entry. The deadline may have passed already.
    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        let key = Key { number: self.inserted };
        self.inserted += 1;
        self.entries.push((deadline, key, value));
        key
    }

    /// Takes an entry out before its time. `None` if it is not there any more.
    pub fn cancel(&mut self, key: Key) -> Option<T> {
        let at = self.entries.iter().position(|(_, known, _)| *known == key)?;
        Some(self.entries.remove(at).2)
    }

    /// The earliest deadline of all entries that are there.
    pub fn next_deadline(&self) -> Option<Duration> {
        self.entries.iter().map(|(deadline, _, _)| *deadline).min()
    }

    /// Takes out what is due at `now`: the earliest deadline first, and those with the same one in
    /// the order in which they came.
    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let entries = std::mem::take(&mut self.entries);
        let (mut due, later): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(deadline, _, _)| *deadline <= now);
        self.entries = later;
        due.sort_by_key(|(deadline, _, _)| *deadline);
        due.into_iter().map(|(_, _, value)| value).collect()
    }
}
