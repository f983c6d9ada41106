//! Wrong: sweeps the cancelled ones away when the loop looks for what is due.
//! Caught by: `what_was_cancelled_is_not_kept`
//! Because: the loop looks when the next one is due, and all that is cancelled before then is kept.
//! Says: None of them is there any more, and the queue keeps

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::Duration;

#[derive(Debug)]
pub struct Queue<T> {
    heap: BinaryHeap<Reverse<(Duration, u64)>>,
    values: HashMap<u64, T>,
    next: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

impl<T> Queue<T> {
    pub fn new() -> Self {
        Self { heap: BinaryHeap::new(), values: HashMap::new(), next: 0 }
    }

    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        let number = self.next;
        self.next += 1;
        self.heap.push(Reverse((deadline, number)));
        self.values.insert(number, value);
        Key(number)
    }

    pub fn cancel(&mut self, key: Key) -> Option<T> {
        self.values.remove(&key.0)
    }

    pub fn next_deadline(&self) -> Option<Duration> {
        // The heap does not show more than its first, so look at all.
        self.heap
            .iter()
            .filter(|item| self.values.contains_key(&item.0.1))
            .map(|item| item.0.0)
            .min()
    }

    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        self.heap.retain(|item| self.values.contains_key(&item.0.1));
        self.heap.shrink_to_fit();
        let mut due = Vec::new();
        while let Some(Reverse((deadline, number))) = self.heap.peek().copied()
            && deadline <= now
        {
            self.heap.pop();
            due.extend(self.values.remove(&number));
        }
        due
    }
}
