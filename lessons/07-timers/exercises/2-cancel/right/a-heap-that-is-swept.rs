//! Right: a binary heap whose cancelled items stay until they come to the front, or outnumber the
//!   others.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::Duration;

/// Keeps values until their deadlines have come.
#[derive(Debug)]
pub struct Queue<T> {
    values: HashMap<u64, T>,
    items: BinaryHeap<Reverse<(Duration, u64)>>,
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
        Self { values: HashMap::new(), items: BinaryHeap::new(), inserted: 0 }
    }

    /// Adds an entry. The deadline may have passed already.
    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        let number = self.inserted;
        self.inserted += 1;
        self.values.insert(number, value);
        self.items.push(Reverse((deadline, number)));
        Key { number }
    }

    /// Takes an entry out before its time. `None` if it is not there any more.
    pub fn cancel(&mut self, key: Key) -> Option<T> {
        let value = self.values.remove(&key.number);
        self.tidy();
        value
    }

    /// The earliest deadline of all entries that are there.
    pub fn next_deadline(&self) -> Option<Duration> {
        self.items.peek().map(|Reverse((deadline, _))| *deadline)
    }

    /// Takes out what is due at `now`: the earliest deadline first, and those with the same one in
    /// the order in which they came.
    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let mut due = Vec::new();
        while let Some(Reverse((deadline, number))) = self.items.peek().copied()
            && deadline <= now
        {
            self.items.pop();
            due.extend(self.values.remove(&number));
        }
        self.tidy();
        due
    }
}

impl<T> Queue<T> {
    fn tidy(&mut self) {
        let values = &self.values;
        if self.items.len() > 2 * values.len() + 32 {
            self.items.retain(|Reverse((_, number))| values.contains_key(number));
        }
        while let Some(Reverse((_, number))) = self.items.peek()
            && !self.values.contains_key(number)
        {
            self.items.pop();
        }
    }
}
