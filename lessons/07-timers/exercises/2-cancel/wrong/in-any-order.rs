//! Wrong: a heap of deadlines, without a number.
//! Caught by: `who_is_due_together_comes_out_in_turn`
//! Because: a heap says nothing about the order of equal items.
//! Says: 20 entries have the same deadline, and came out in this order: [0,

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};
use std::time::Duration;

/// Keeps values until their deadlines have come.
#[derive(Debug)]
pub struct Queue<T> {
    values: HashMap<u64, T>,
    items: BinaryHeap<Item>,
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
        self.items.push(Item { deadline, number });
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
        self.items.peek().map(|item| item.deadline)
    }

    /// Takes out what is due at `now`: the earliest deadline first, and those with the same one in
    /// the order in which they came.
    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let mut due = Vec::new();
        while let Some(Item { deadline, number }) = self.items.peek().copied()
            && deadline <= now
        {
            self.items.pop();
            due.extend(self.values.remove(&number));
        }
        self.tidy();
        due
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Item {
    deadline: Duration,
    number: u64,
}

impl Ord for Item {
    fn cmp(&self, other: &Self) -> Ordering {
        // The other way round: the earliest is the largest.
        other.deadline.cmp(&self.deadline)
    }
}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Queue<T> {
    fn tidy(&mut self) {
        let values = &self.values;
        if self.items.len() > 2 * values.len() + 32 {
            self.items.retain(|Item { number, .. }| values.contains_key(number));
        }
        while let Some(Item { number, .. }) = self.items.peek()
            && !self.values.contains_key(number)
        {
            self.items.pop();
        }
    }
}
