//! Right: a bucket for each deadline.

use std::collections::BTreeMap;
use std::time::Duration;

/// Keeps values until their deadlines have come.
#[derive(Debug)]
pub struct Queue<T> {
    buckets: BTreeMap<Duration, Vec<(u64, T)>>,
    inserted: u64,
}

/// Names one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    deadline: Duration,
    number: u64,
}

impl<T> Queue<T> {
    /// Makes an empty queue.
    pub fn new() -> Self {
        Self { buckets: BTreeMap::new(), inserted: 0 }
    }

    /// Adds an entry. The deadline may have passed already.
    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        let number = self.inserted;
        self.inserted += 1;
        self.buckets.entry(deadline).or_default().push((number, value));
        Key { deadline, number }
    }

    /// Takes an entry out before its time. `None` if it is not there any more.
    pub fn cancel(&mut self, key: Key) -> Option<T> {
        let bucket = self.buckets.get_mut(&key.deadline)?;
        let at = bucket.iter().position(|(number, _)| *number == key.number)?;
        let (_, value) = bucket.remove(at);
        if bucket.is_empty() {
            self.buckets.remove(&key.deadline);
        }
        Some(value)
    }

    /// The earliest deadline of all entries that are there.
    pub fn next_deadline(&self) -> Option<Duration> {
        self.buckets.keys().next().copied()
    }

    /// Takes out what is due at `now`: the earliest deadline first, and those with the same one in
    /// the order in which they came.
    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let mut due = Vec::new();
        while let Some(first) = self.buckets.first_entry()
            && *first.key() <= now
        {
            due.extend(first.remove().into_iter().map(|(_, value)| value));
        }
        due
    }
}
