//! Wrong: splits at a nanosecond after now.
//! Caught by: `the_end_of_the_clock_is_a_deadline_too`
//! Because: there is no nanosecond after the last one, and `+` panics. A sleep without an end has this deadline.
//! Says: It panicked: there is no later moment to compare with

use std::collections::BTreeMap;
use std::mem;
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
        let key = Key { deadline, number: self.next };
        self.next += 1;
        self.entries.insert(key, value);
        key
    }

    pub fn cancel(&mut self, key: Key) -> Option<T> {
        self.entries.remove(&key)
    }

    pub fn next_deadline(&self) -> Option<Duration> {
        self.entries.first_key_value().map(|(key, _)| key.deadline)
    }

    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let first_that_stays = Key { deadline: now + Duration::from_nanos(1), number: 0 };
        let later = self.entries.split_off(&first_that_stays);
        mem::replace(&mut self.entries, later).into_values().collect()
    }
}
