//! A queue of deadlines from which entries can be taken out.

use std::collections::BTreeMap;
use std::time::Duration;

/// Keeps values until their deadlines have come.
#[derive(Debug)]
pub struct Queue<T> {
    /// By deadline, and for the same deadline by number: the first is the next.
    entries: BTreeMap<Key, T>,
    inserted: u64,
}

/// Names one entry. It never names another one, also when the entry is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    // In this order: it is the order of the queue.
    deadline: Duration,
    number: u64,
}

impl<T> Queue<T> {
    /// Makes an empty queue.
    pub fn new() -> Self {
        Self { entries: BTreeMap::new(), inserted: 0 }
    }

    /// Adds an entry. The deadline may have passed already.
    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        let key = Key { deadline, number: self.inserted };
        self.inserted += 1;
        self.entries.insert(key, value);
        key
    }

    /// Takes an entry out before its time. `None` if it is not there any more.
    pub fn cancel(&mut self, key: Key) -> Option<T> {
        self.entries.remove(&key)
    }

    /// The earliest deadline of all entries that are there.
    pub fn next_deadline(&self) -> Option<Duration> {
        self.entries.first_key_value().map(|(key, _)| key.deadline)
    }

    /// Takes out what is due at `now`: the earliest deadline first, and those with the same one in
    /// the order in which they came.
    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let later = self.entries.split_off(&Key { deadline: now, number: u64::MAX });
        std::mem::replace(&mut self.entries, later).into_values().collect()
    }
}
