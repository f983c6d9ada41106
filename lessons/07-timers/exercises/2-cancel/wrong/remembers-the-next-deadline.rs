//! Wrong: keeps the next deadline in a field, and forgets it in `cancel`.
//! Caught by: `the_loop_does_not_wake_for_what_was_cancelled`
//! Because: what is stored twice has to be changed twice.
//! Says: The earliest that is left is 2s, and the next deadline is Some(1s)

use std::collections::BTreeMap;
use std::time::Duration;

/// Keeps values until their deadlines have come.
#[derive(Debug)]
pub struct Queue<T> {
    entries: BTreeMap<Key, T>,
    inserted: u64,
    next: Option<Duration>,
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
        Self { entries: BTreeMap::new(), inserted: 0, next: None }
    }

    /// Adds an entry. The deadline may have passed already.
    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        self.next = Some(self.next.map_or(deadline, |next| next.min(deadline)));
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
        self.next
    }

    /// Takes out what is due at `now`: the earliest deadline first, and those with the same one in the order in which they came.
    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let later = self.entries.split_off(&Key { deadline: now, number: u64::MAX });
        self.next = later.first_key_value().map(|(key, _)| key.deadline);
        std::mem::replace(&mut self.entries, later).into_values().collect()
    }
}
