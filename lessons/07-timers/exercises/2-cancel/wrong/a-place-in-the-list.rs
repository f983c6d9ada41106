//! Wrong: a key is the place in the list.
//! Caught by: `the_loop_does_not_wake_for_what_was_cancelled`
//! Because: when one is taken out, those behind it move up, and their keys are wrong.
//! Says: The earliest that is left is 5s, and the next deadline is Some(2s)

use std::time::Duration;

/// Keeps values until their deadlines have come.
#[derive(Debug)]
pub struct Queue<T> {
    entries: Vec<(Duration, T)>,
}

/// Names one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    place: usize,
}

impl<T> Queue<T> {
    /// Makes an empty queue.
    pub fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// Adds an entry. The deadline may have passed already.
    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        self.entries.push((deadline, value));
        Key { place: self.entries.len() - 1 }
    }

    /// Takes an entry out before its time. `None` if it is not there any more.
    pub fn cancel(&mut self, key: Key) -> Option<T> {
        (key.place < self.entries.len()).then(|| self.entries.remove(key.place).1)
    }

    /// The earliest deadline of all entries that are there.
    pub fn next_deadline(&self) -> Option<Duration> {
        self.entries.iter().map(|(deadline, _)| *deadline).min()
    }

    /// Takes out what is due at `now`: the earliest deadline first, and those with the same one in the order in which they came.
    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let entries = std::mem::take(&mut self.entries);
        let (mut due, later): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(deadline, _)| *deadline <= now);
        self.entries = later;
        due.sort_by_key(|(deadline, _)| *deadline);
        due.into_iter().map(|(_, value)| value).collect()
    }
}
