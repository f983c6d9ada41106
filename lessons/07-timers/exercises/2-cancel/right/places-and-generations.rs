//! Right: values in places that are used again, told apart by generations; their order in a set
//!   beside it.

use std::collections::BTreeSet;
use std::time::Duration;

/// Keeps values until their deadlines have come.
#[derive(Debug)]
pub struct Queue<T> {
    places: Vec<Place<T>>,
    free: Vec<usize>,
    order: BTreeSet<(Duration, u64, usize)>,
    inserted: u64,
}

/// Names one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    place: usize,
    generation: u64,
}

impl<T> Queue<T> {
    /// Makes an empty queue.
    pub fn new() -> Self {
        Self { places: Vec::new(), free: Vec::new(), order: BTreeSet::new(), inserted: 0 }
    }

    /// Adds an entry. The deadline may have passed already.
    pub fn insert(&mut self, deadline: Duration, value: T) -> Key {
        let number = self.inserted;
        self.inserted += 1;
        let place = self.free.pop().unwrap_or_else(|| {
            self.places.push(Place { generation: 0, entry: None });
            self.places.len() - 1
        });
        self.places[place].entry = Some((deadline, number, value));
        self.order.insert((deadline, number, place));
        Key { place, generation: self.places[place].generation }
    }

    /// Takes an entry out before its time. `None` if it is not there any more.
    pub fn cancel(&mut self, key: Key) -> Option<T> {
        let place = self.places.get_mut(key.place)?;
        if place.generation != key.generation {
            return None;
        }
        let (deadline, number, value) = place.entry.take()?;
        place.generation += 1;
        self.free.push(key.place);
        self.order.remove(&(deadline, number, key.place));
        Some(value)
    }

    /// The earliest deadline of all entries that are there.
    pub fn next_deadline(&self) -> Option<Duration> {
        self.order.first().map(|(deadline, _, _)| *deadline)
    }

    /// Takes out what is due at `now`: the earliest deadline first, and those with the same one in
    /// the order in which they came.
    pub fn expire(&mut self, now: Duration) -> Vec<T> {
        let mut due = Vec::new();
        while let Some((deadline, _, place)) = self.order.first().copied()
            && deadline <= now
        {
            self.order.pop_first();
            let generation = self.places[place].generation;
            self.places[place].generation = generation + 1;
            self.free.push(place);
            due.extend(self.places[place].entry.take().map(|(_, _, value)| value));
        }
        due
    }
}

#[derive(Debug)]
struct Place<T> {
    /// How many entries were here before.
    generation: u64,
    entry: Option<(Duration, u64, T)>,
}
