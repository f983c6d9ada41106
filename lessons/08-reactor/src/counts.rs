//! What a reactor counts.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What a [`Reactor`](crate::Reactor) has done since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Waits in the kernel that were to sleep until something comes.
    pub sleeps: u64,
    /// Waits in the kernel that only looked.
    pub looks: u64,
    /// Answers of the kernel, each about one source.
    pub events: u64,
    /// Questions that were put to the kernel, each about one source.
    pub interests: u64,
    /// Sleeps that were ended by a call, which takes a system call each.
    pub unparks: u64,
}

#[derive(Default)]
pub(crate) struct Counters {
    pub(crate) sleeps: AtomicU64,
    pub(crate) looks: AtomicU64,
    pub(crate) events: AtomicU64,
    pub(crate) interests: AtomicU64,
}

impl Counters {
    pub(crate) fn counts(&self, unparks: &AtomicU64) -> Counts {
        let Self { sleeps, looks, events, interests } = self;
        let [sleeps, looks, events, interests, unparks] =
            [sleeps, looks, events, interests, unparks].map(|counter| counter.load(Relaxed));
        Counts { sleeps, looks, events, interests, unparks }
    }
}
