//! Wrong: counts from zero again when the queue is empty.
//! Caught by: `an_old_key_names_nobody_else`
//! Because: the entries are gone, and their keys are not: somebody still holds one, and will use it.
//! Says: and `cancel` with the key of the old one took out Some("new")

use std::collections::BTreeMap;
use std::time::Duration;

#[derive(Debug)]
pub struct Queue<T> {
    entries: BTreeMap<Key, T>,
    next: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    deadline: Duration,
    number: u64,
}

impl<T> Queue<T> {
    pub fn new() -> Self {
        Self { entries: BTreeMap::new(), next: 0 }
    }

    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        if self.entries.is_empty() {
            self.next = 0;
        }
        let key = Key { deadline, number: self.next };
        self.next += 1;
        self.entries.insert(key, value);
        key
    }

    pub fn cancel(&mut self, key: Key) -> Option<T> {
        self.entries.remove(&key)
    }

    pub fn next_deadline(&self) -> Option<Duration> {
        self.entries.keys().next().map(|key| key.deadline)
    }

    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let mut due = Vec::new();
        while let Some(entry) = self.entries.first_entry()
            && entry.key().deadline <= now
        {
            due.push(entry.remove());
        }
        due
    }
}
