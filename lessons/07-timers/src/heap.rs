//! A binary heap of deadlines.
//!
//! The heap holds small items that can be compared: deadline, number, place. The wakers are in a
//! slab beside it, at that place. So an entry is cancelled by taking its waker out of the slab; its
//! item stays in the heap and is *stale*.
//!
//! Two invariants, each restored by every call that could break it:
//! - the first item of the heap is not stale, so the next deadline is a glance;
//! - at most half of the items (and a few) are stale, so a program that sets and cancels for ever
//!   does not grow.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::task::Waker;
use std::time::Duration;

use slab::Slab;

use crate::queue::{Key, TimerQueue};

/// So many stale items are never worth a clean-up.
const FEW: usize = 64;

// ANCHOR: heap
/// Entries in a binary heap: adding and expiring take `O(log n)`, and so does cancelling, spread
/// over many calls.
///
/// Deadlines are kept as they are, to the nanosecond.
///
/// *Cancelling* removes the waker at once and its item in the heap later: when it comes to the
/// front, or when more than half of the items are stale. The heap never holds more than `2 n + 64`
/// items for `n` entries.
#[derive(Default)]
pub struct Heap {
    wakers: Slab<(u64, Waker)>,
    items: BinaryHeap<Reverse<(Duration, Key)>>,
    inserted: u64,
}
// ANCHOR_END: heap

impl Heap {
    /// Makes an empty heap.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many items there are, those of cancelled entries included: what it costs in memory.
    pub fn items(&self) -> usize {
        self.items.len()
    }

    fn is_live(wakers: &Slab<(u64, Waker)>, key: Key) -> bool {
        wakers.get(key.place).is_some_and(|(number, _)| *number == key.number)
    }
}

// ANCHOR: tidy
impl Heap {
    /// Restores both invariants.
    fn tidy(&mut self) {
        let wakers = &self.wakers;
        if self.items.len() > 2 * wakers.len() + FEW {
            self.items.retain(|Reverse((_, key))| Self::is_live(wakers, *key));
        }
        while self.items.peek().is_some_and(|Reverse((_, key))| !Self::is_live(wakers, *key)) {
            self.items.pop();
        }
    }
}
// ANCHOR_END: tidy

// ANCHOR: heap-queue
impl TimerQueue for Heap {
    fn insert(&mut self, deadline: Duration, waker: Waker) -> Key {
        let number = self.inserted;
        self.inserted += 1;
        let key = Key { place: self.wakers.insert((number, waker)), number };
        self.items.push(Reverse((deadline, key)));
        key
    }

    fn waker_mut(&mut self, key: Key) -> Option<&mut Waker> {
        let (number, waker) = self.wakers.get_mut(key.place)?;
        (*number == key.number).then_some(waker)
    }

    fn cancel(&mut self, key: Key) -> Option<Waker> {
        if !Self::is_live(&self.wakers, key) {
            return None;
        }
        let (_, waker) = self.wakers.remove(key.place);
        self.tidy();
        Some(waker)
    }

    fn next_deadline(&self) -> Option<Duration> {
        self.items.peek().map(|Reverse((deadline, _))| *deadline)
    }

    fn expire(&mut self, now: Duration) -> Vec<Waker> {
        let mut due = Vec::new();
        while self.next_deadline().is_some_and(|deadline| deadline <= now)
            && let Some(Reverse((_, key))) = self.items.pop()
        {
            due.push(self.wakers.remove(key.place).1);
            self.tidy();
        }
        due
    }

    fn len(&self) -> usize {
        self.wakers.len()
    }
}
// ANCHOR_END: heap-queue

impl fmt::Debug for Heap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Heap").field("len", &self.len()).field("items", &self.items()).finish()
    }
}
