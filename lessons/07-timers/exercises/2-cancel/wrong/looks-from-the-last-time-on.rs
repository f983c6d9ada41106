//! Wrong: looks only at deadlines since the last call.
//! Caught by: `a_deadline_may_have_passed`
//! Because: what is set for a moment that has passed is due at once. Everything else has been looked at, but not this.
//! Says: at 10s an entry was inserted whose deadline was 3s. The next deadline is Some(3s), and `expire(10s)` returned []

use std::collections::BTreeMap;
use std::time::Duration;

/// Keeps values until their deadlines have come.
#[derive(Debug)]
pub struct Queue<T> {
    entries: BTreeMap<Key, T>,
    inserted: u64,
    looked_until: Duration,
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
        Self { entries: BTreeMap::new(), inserted: 0, looked_until: Duration::ZERO }
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

    /// Takes out what is due at `now`: the earliest deadline first, and those with the same one in the order in which they came.
    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let from = Key { deadline: self.looked_until, number: 0 };
        let to = Key { deadline: now, number: u64::MAX };
        self.looked_until = now;
        let due: Vec<Key> = self.entries.range(from..=to).map(|(key, _)| *key).collect();
        due.iter().filter_map(|key| self.entries.remove(key)).collect()
    }
}
