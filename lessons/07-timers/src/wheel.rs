//! A hierarchical timing wheel.
//!
//! Time is cut into ticks of a millisecond. Written to the base 64, a tick has digits, and the
//! wheel has a level of 64 slots for each of the last six. An entry stands on the level of the
//! first digit in which its tick differs from the present one, in the slot of that digit. So what
//! is near stands on the lowest level, where a slot is one tick; far away, a slot is minutes or
//! days wide.
//!
//! Invariants, while `now` is the present tick:
//! - an entry on level `l` agrees with `now` in all digits above `l`, and its digit `l` is greater
//!   than that of `now`;
//! - so each entry on a lower level comes before each one on a higher level, and on one level, the
//!   slots come in their order;
//! - an entry that differs from `now` in a digit above the six is in `far`, which is sorted.
//!
//! When the time reaches a slot, the slot is opened: its entries are placed anew, by the same rule.
//! They come to a lower level each time, and in the end are due. An entry is moved seven times at
//! most, whatever the number of entries: from `far` to the sixth level, down to the first, and out
//! of it.

use std::collections::BTreeSet;
use std::fmt;
use std::task::Waker;
use std::time::Duration;

use slab::Slab;

use crate::queue::{Key, TimerQueue};

const LEVELS: usize = 6;
/// Bits of a digit: 64 slots.
const BITS: u32 = 6;
const SLOTS: usize = 1 << BITS;
/// The tick of a deadline that the wheel cannot count. It never comes.
const NEVER: u64 = u64::MAX;

// ANCHOR: wheel
/// Entries in six wheels of 64 slots, the first with a step of a millisecond: adding, cancelling
/// and expiring take the same time for each entry, however many there are. (Those that expire in
/// the same millisecond are sorted.)
///
/// Deadlines are rounded up to a whole millisecond, never down: an entry may expire up to a
/// millisecond late.
///
/// *Cancelling* takes the entry out of its slot, at once and entirely.
///
/// *Range:* the six levels reach 2³⁶ ms (two years) far. What is beyond is kept in a sorted map,
/// and comes into the wheel when it is near enough. A deadline 2⁶⁴ ms (584 million years) after the
/// start, or later, never comes.
pub struct Wheel {
    entries: Slab<Entry>,
    levels: [Level; LEVELS],
    /// Due, but not handed out yet.
    due: List,
    /// What differs from `now` in a digit above those of the levels, by its tick.
    far: BTreeSet<(u64, Key)>,
    /// The present tick.
    now: u64,
    inserted: u64,
}

/// One digit.
#[derive(Clone, Copy)]
struct Level {
    slots: [List; SLOTS],
    /// One bit for each slot that is not empty.
    occupied: u64,
}

/// A doubly linked list through the entries. An entry can leave it without a search.
#[derive(Clone, Copy)]
struct List {
    first: Option<usize>,
}

struct Entry {
    number: u64,
    deadline: Duration,
    waker: Waker,
    home: Home,
    before: Option<usize>,
    after: Option<usize>,
}

/// Where an entry stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    Due,
    Slot { level: usize, slot: usize },
    Far,
}
// ANCHOR_END: wheel

// ANCHOR: ticks
/// The tick at which `deadline` has come: rounded up.
fn tick_of(deadline: Duration) -> u64 {
    let has_rest = !deadline.subsec_nanos().is_multiple_of(1_000_000);
    let tick = deadline.as_millis() + u128::from(has_rest);
    u64::try_from(tick).unwrap_or(NEVER)
}

/// The tick that has begun at `now`: rounded down.
fn tick_at(now: Duration) -> u64 {
    u64::try_from(now.as_millis()).unwrap_or(NEVER).min(NEVER - 1)
}

/// Where an entry for `tick` has to stand.
fn home_of(tick: u64, now: u64) -> Home {
    if tick <= now {
        return Home::Due;
    }
    let first_that_differs = (tick ^ now).ilog2() / BITS;
    let level = first_that_differs as usize;
    if level >= LEVELS {
        return Home::Far;
    }
    let slot = (tick >> (first_that_differs * BITS)) as usize % SLOTS;
    Home::Slot { level, slot }
}
// ANCHOR_END: ticks

impl Wheel {
    /// Makes an empty wheel, at the start of the clock.
    pub fn new() -> Self {
        let empty = List { first: None };
        Self {
            entries: Slab::new(),
            levels: [Level { slots: [empty; SLOTS], occupied: 0 }; LEVELS],
            due: empty,
            far: BTreeSet::new(),
            now: 0,
            inserted: 0,
        }
    }

    /// How many entries stand on each level, the finest first; then those that are due, and those
    /// that are too far away.
    pub fn levels(&self) -> [usize; LEVELS + 2] {
        let mut counts = [0; LEVELS + 2];
        for (_, entry) in &self.entries {
            counts[match entry.home {
                Home::Slot { level, .. } => level,
                Home::Due => LEVELS,
                Home::Far => LEVELS + 1,
            }] += 1;
        }
        counts
    }

    fn is_live(&self, key: Key) -> bool {
        self.entries.get(key.place).is_some_and(|entry| entry.number == key.number)
    }

    fn list(&mut self, home: Home) -> &mut List {
        match home {
            Home::Slot { level, slot } => &mut self.levels[level].slots[slot],
            _ => &mut self.due,
        }
    }
}

// ANCHOR: link
impl Wheel {
    /// Puts an entry that stands nowhere to where it has to be now.
    fn place(&mut self, place: usize) {
        let entry = &mut self.entries[place];
        let tick = tick_of(entry.deadline);
        let home = home_of(tick, self.now);
        entry.home = home;
        if home == Home::Far {
            let key = Key { number: entry.number, place };
            self.far.insert((tick, key));
            return;
        }
        if let Home::Slot { level, slot } = home {
            self.levels[level].occupied |= 1 << slot;
        }
        let first = self.list(home).first.replace(place);
        (self.entries[place].before, self.entries[place].after) = (None, first);
        if let Some(first) = first {
            self.entries[first].before = Some(place);
        }
    }

    /// Takes an entry out of its list, or out of `far`.
    fn unlink(&mut self, place: usize) {
        let Entry { home, before, after, deadline, number, .. } = self.entries[place];
        if home == Home::Far {
            self.far.remove(&(tick_of(deadline), Key { number, place }));
            return;
        }
        match before {
            Some(before) => self.entries[before].after = after,
            None => self.list(home).first = after,
        }
        if let Some(after) = after {
            self.entries[after].before = before;
        }
        if let (Home::Slot { level, slot }, None, None) = (home, before, after) {
            self.levels[level].occupied &= !(1 << slot);
        }
    }
}
// ANCHOR_END: link

// ANCHOR: turn
impl Wheel {
    /// The first slot that is not empty, and the tick at which it has to be opened.
    fn next_slot(&self) -> Option<(Home, u64)> {
        let level = self.levels.iter().position(|level| level.occupied != 0)?;
        let slot = self.levels[level].occupied.trailing_zeros() as usize;
        let shift = level as u32 * BITS;
        let above = self.now >> (shift + BITS) << (shift + BITS);
        Some((Home::Slot { level, slot }, above | (slot as u64) << shift))
    }

    /// Places the entries of a slot anew, at the tick at which it has to be opened.
    fn open(&mut self, home: Home, tick: u64) {
        self.now = tick;
        while let Some(place) = self.list(home).first {
            self.unlink(place);
            self.place(place);
        }
    }

    /// Takes in what has come near enough.
    fn take_in(&mut self) {
        while let Some((tick, key)) = self.far.first().copied()
            && home_of(tick, self.now) != Home::Far
        {
            self.far.pop_first();
            self.place(key.place);
        }
    }

    /// Hands out what is due.
    fn drain_due(&mut self, due: &mut Vec<(Duration, u64, Waker)>) {
        let start = due.len();
        while let Some(place) = self.due.first {
            self.unlink(place);
            let Entry { deadline, number, waker, .. } = self.entries.remove(place);
            due.push((deadline, number, waker));
        }
        // Within a millisecond, the slots know no order.
        due[start..].sort_unstable_by_key(|(deadline, number, _)| (*deadline, *number));
    }
}
// ANCHOR_END: turn

// ANCHOR: wheel-queue
impl TimerQueue for Wheel {
    fn insert(&mut self, deadline: Duration, waker: Waker) -> Key {
        let number = self.inserted;
        self.inserted += 1;
        let (home, before, after) = (Home::Due, None, None);
        let place = self.entries.insert(Entry { number, deadline, waker, home, before, after });
        self.place(place);
        Key { number, place }
    }

    fn waker_mut(&mut self, key: Key) -> Option<&mut Waker> {
        let entry = self.entries.get_mut(key.place)?;
        (entry.number == key.number).then_some(&mut entry.waker)
    }

    fn cancel(&mut self, key: Key) -> Option<Waker> {
        if !self.is_live(key) {
            return None;
        }
        self.unlink(key.place);
        Some(self.entries.remove(key.place).waker)
    }

    /// The moment at which the next slot has to be opened, which may be earlier than the deadlines
    /// in it.
    fn next_deadline(&self) -> Option<Duration> {
        let due = self.due.first.map(|_| self.now);
        let slot = || self.next_slot().map(|(_, tick)| tick);
        let far = || self.far.first().map(|(tick, _)| *tick);
        let next = due.or_else(slot).or_else(far).filter(|tick| *tick != NEVER);
        next.map(Duration::from_millis)
    }

    fn expire(&mut self, now: Duration) -> Vec<Waker> {
        let (now, mut due) = (tick_at(now), Vec::new());
        loop {
            self.drain_due(&mut due);
            match (self.next_slot(), self.far.first()) {
                (Some((slot, tick)), _) if tick <= now => self.open(slot, tick),
                (None, Some((tick, _))) if *tick <= now => {
                    self.now = *tick;
                    self.take_in();
                }
                _ => break,
            }
        }
        self.now = self.now.max(now);
        self.take_in();
        due.into_iter().map(|(_, _, waker)| waker).collect()
    }

    fn len(&self) -> usize {
        self.entries.len()
    }
}
// ANCHOR_END: wheel-queue

impl Default for Wheel {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Wheel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wheel").field("len", &self.len()).field("levels", &self.levels()).finish()
    }
}
