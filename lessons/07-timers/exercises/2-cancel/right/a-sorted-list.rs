//! Right: one vector, sorted with the last to come first and searched by halves. The number has 128
//!   bits.

use std::cmp::Reverse;
use std::time::Duration;

#[derive(Debug)]
pub struct Queue<T> {
    entries: Vec<(Key, T)>,
    inserted: u128,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Duration, u128);

impl<T> Queue<T> {
    pub fn new() -> Self {
        Self { entries: Vec::new(), inserted: 0 }
    }

    fn find(&self, key: Key) -> Result<usize, usize> {
        self.entries.binary_search_by_key(&Reverse(key), |entry| Reverse(entry.0))
    }

    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        self.inserted += 1;
        let key = Key(deadline, self.inserted);
        let place = self.find(key).unwrap_err();
        self.entries.insert(place, (key, value));
        key
    }

    pub fn cancel(&mut self, key: Key) -> Option<T> {
        self.find(key).ok().map(|place| self.entries.remove(place).1)
    }

    pub fn next_deadline(&self) -> Option<Duration> {
        self.entries.last().map(|entry| entry.0.0)
    }

    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let from = self.entries.partition_point(|entry| entry.0.0 > now);
        self.entries.drain(from..).rev().map(|entry| entry.1).collect()
    }
}
