//! A list that is searched from end to end: too slow for use, and too short to be wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::task::{Wake, Waker};
use std::time::Duration;

/// Makes wakers that have a number, which is known when they are called.
#[derive(Default)]
pub struct Numbers {
    called: Arc<AtomicU64>,
}

struct Numbered {
    number: u64,
    called: Arc<AtomicU64>,
}

impl Wake for Numbered {
    fn wake(self: Arc<Self>) {
        self.called.store(self.number, SeqCst);
    }
}

impl Numbers {
    pub fn waker(&self, number: u64) -> Waker {
        Waker::from(Arc::new(Numbered { number, called: Arc::clone(&self.called) }))
    }

    /// Calls `waker`, and so learns its number.
    pub fn of(&self, waker: Waker) -> u64 {
        self.called.store(u64::MAX, SeqCst);
        waker.wake();
        self.called.load(SeqCst)
    }
}

/// What a wheel with a step of a millisecond makes of a deadline. `None` if it never comes.
pub fn rounded_up(deadline: Duration) -> Option<Duration> {
    let ticks = deadline.as_nanos().div_ceil(1_000_000);
    u64::try_from(ticks).ok().filter(|ticks| *ticks < u64::MAX).map(Duration::from_millis)
}

// ANCHOR: model
pub struct Model {
    /// When an entry with this deadline expires.
    expires_at: fn(Duration) -> Option<Duration>,
    /// Deadline, number, and the name of its waker.
    entries: Vec<(Duration, usize, u64)>,
    inserted: usize,
    names: u64,
    numbers: Numbers,
}

impl Model {
    pub fn new(expires_at: fn(Duration) -> Option<Duration>) -> Self {
        Self { expires_at, entries: Vec::new(), inserted: 0, names: 0, numbers: Numbers::default() }
    }

    pub fn insert(&mut self, deadline: Duration) -> Waker {
        let (waker, name) = self.new_waker();
        self.entries.push((deadline, self.inserted, name));
        self.inserted += 1;
        waker
    }

    /// The name of the waker that was taken out.
    pub fn cancel(&mut self, number: usize) -> Option<u64> {
        let at = self.entries.iter().position(|entry| entry.1 == number)?;
        Some(self.entries.remove(at).2)
    }

    pub fn expire(&mut self, now: Duration) -> Vec<u64> {
        let is_due =
            |entry: &(Duration, usize, u64)| (self.expires_at)(entry.0).is_some_and(|at| at <= now);
        let (mut due, left): (Vec<_>, Vec<_>) = self.entries.drain(..).partition(is_due);
        self.entries = left;
        due.sort_unstable();
        due.into_iter().map(|(_, _, name)| name).collect()
    }
}
// ANCHOR_END: model

impl Model {
    pub fn has(&self, number: usize) -> bool {
        self.entries.iter().any(|entry| entry.1 == number)
    }

    pub fn replace(&mut self, number: usize) -> Waker {
        let (waker, name) = self.new_waker();
        self.entries.iter_mut().filter(|entry| entry.1 == number).for_each(|entry| entry.2 = name);
        waker
    }

    /// When the first entry expires.
    pub fn first(&self) -> Option<Duration> {
        self.entries.iter().filter_map(|entry| (self.expires_at)(entry.0)).min()
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The name of a waker that this model made.
    pub fn name_of(&self, waker: Waker) -> u64 {
        self.numbers.of(waker)
    }

    fn new_waker(&mut self) -> (Waker, u64) {
        self.names += 1;
        (self.numbers.waker(self.names), self.names)
    }
}
