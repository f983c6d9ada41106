//! Right: a heap by hand, with four children each. A map knows where each entry stands, so that it
//!   can be taken out of the middle.

use std::collections::HashMap;
use std::time::Duration;

#[derive(Debug)]
pub struct Queue<T> {
    /// Four children each. Sorted by deadline, then by number.
    heap: Vec<(Duration, u64, T)>,
    place: HashMap<u64, usize>,
    next: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

impl<T> Queue<T> {
    pub fn new() -> Self {
        Self { heap: Vec::new(), place: HashMap::new(), next: 1 << 40 }
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.heap.swap(a, b);
        self.place.insert(self.heap[a].1, a);
        self.place.insert(self.heap[b].1, b);
    }

    fn rank(&self, at: usize) -> (Duration, u64) {
        (self.heap[at].0, self.heap[at].1)
    }

    fn rise(&mut self, mut at: usize) {
        while at > 0 && self.rank(at) < self.rank((at - 1) / 4) {
            self.swap(at, (at - 1) / 4);
            at = (at - 1) / 4;
        }
    }

    fn sink(&mut self, mut at: usize) {
        loop {
            let children = 4 * at + 1..(4 * at + 5).min(self.heap.len());
            let Some(least) = children.min_by_key(|child| self.rank(*child)) else { return };
            if self.rank(at) < self.rank(least) {
                return;
            }
            self.swap(at, least);
            at = least;
        }
    }

    fn take(&mut self, at: usize) -> T {
        let last = self.heap.len() - 1;
        self.swap(at, last);
        let (_, number, value) = self.heap.pop().unwrap();
        self.place.remove(&number);
        if at < last {
            self.rise(at);
            self.sink(at);
        }
        value
    }

    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        self.next += 1;
        self.heap.push((deadline, self.next, value));
        self.place.insert(self.next, self.heap.len() - 1);
        self.rise(self.heap.len() - 1);
        Key(self.next)
    }

    pub fn cancel(&mut self, key: Key) -> Option<T> {
        let at = *self.place.get(&key.0)?;
        Some(self.take(at))
    }

    pub fn next_deadline(&self) -> Option<Duration> {
        self.heap.first().map(|first| first.0)
    }

    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        std::iter::from_fn(|| (self.next_deadline()? <= now).then(|| self.take(0))).collect()
    }
}
