//! What every queue of deadlines can do.

use std::task::Waker;
use std::time::Duration;

// ANCHOR: queue
/// Keeps wakers until their deadlines have come. Times are counted from the start of the clock that
/// its user reads.
///
/// It never calls or drops a waker, but with itself: wakers are handed out, so that its user can do
/// both after releasing the lock around it.
pub trait TimerQueue: Send {
    /// Adds an entry. The deadline may have passed already.
    fn insert(&mut self, deadline: Duration, waker: Waker) -> Key;

    /// The waker of an entry, to be looked at or replaced. `None` if the entry is not there any
    /// more.
    fn waker_mut(&mut self, key: Key) -> Option<&mut Waker>;

    /// Takes an entry out before its time. `None` if it is not there any more.
    fn cancel(&mut self, key: Key) -> Option<Waker>;

    /// When [`expire`](TimerQueue::expire) should be called next: not later than the first entry
    /// can expire, or any moment that has passed, if that one can at once. `None` if there is
    /// nothing to wait for.
    ///
    /// A queue may name an earlier moment, for work of its own; `expire` then returns nothing, and
    /// the moment after that is a later one.
    fn next_deadline(&self) -> Option<Duration>;

    /// Takes out the entries whose deadlines have come, and none whose deadline has not. They are
    /// in the order of their deadlines; those with the same deadline are in the order in which they
    /// were added.
    ///
    /// `now` must not be earlier than in the call before.
    fn expire(&mut self, now: Duration) -> Vec<Waker>;

    /// How many entries there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Names one entry of one queue. Once the entry is gone, the key names nothing, for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// How many entries were added before it: no two have the same.
    pub number: u64,
    /// Where the queue keeps the entry. Another one may be there later.
    pub place: usize,
}
// ANCHOR_END: queue
