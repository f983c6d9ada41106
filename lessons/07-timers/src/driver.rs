//! The driver, and the handle to it.
//!
//! Both share a queue behind one lock, and beside it how long the loop sleeps. Only whoever adds an
//! entry that comes before the end of that sleep ends it; the loop looks at the queue under the
//! same lock before it goes to sleep, so no entry falls between. Wakers are called, and dropped,
//! after the lock is released: that may run any code, also code that comes back to this driver. A
//! waker's `clone` and the queue's own code run under the lock; they must not come back.

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use executor::Park;
use shared::wake_all;

use crate::clock::Clock;
use crate::heap::Heap;
use crate::queue::{Key, TimerQueue};
use crate::sync::{Mutex, MutexGuard, PoisonError};

// ANCHOR: timers
/// Keeps timers, for an executor: a park that sleeps in another park, but never beyond the next
/// deadline, and then wakes the tasks that are due.
///
/// ```
/// use std::time::Duration;
/// use executor::{Executor, ThreadPark};
/// use timers::{RealClock, Timers};
///
/// let (timers, timer) = Timers::new(RealClock::new(), ThreadPark::new());
/// let executor = Executor::with_park(timers);
/// let before = timer.now();
/// executor.block_on(timer.sleep(Duration::from_millis(2)));
/// assert!(timer.now() - before >= Duration::from_millis(2));
/// ```
///
/// *Panics:* `park` panics where a waker does, once all the others that were due with it have been
/// called.
///
/// *Drop:* a timer whose driver is gone is never called, and keeps its waker until its future is
/// dropped. The future is ready if somebody polls it after the deadline.
#[derive(Debug)]
pub struct Timers<P> {
    shared: Arc<Shared>,
    park: P,
}

/// Sets timers: the handle to a [`Timers`]. Clones set timers in the same one, from any thread.
#[derive(Clone, Debug)]
pub struct Timer {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    clock: Box<dyn Clock>,
    state: Mutex<State>,
    /// Ends the sleep of the loop.
    unparker: Waker,
}

struct State {
    queue: Box<dyn TimerQueue>,
    /// Until when the loop sleeps, if it does and nobody has ended the sleep yet.
    sleeps_until: Option<Duration>,
}
// ANCHOR_END: timers

impl<P: Park> Timers<P> {
    /// Makes a driver that reads `clock`, sleeps in `park` and keeps its entries in a [`Heap`].
    pub fn new(clock: impl Clock + 'static, park: P) -> (Self, Timer) {
        Self::with_queue(Heap::new(), clock, park)
    }

    /// As [`new`](Timers::new), with a queue of your choice.
    pub fn with_queue(
        queue: impl TimerQueue + 'static,
        clock: impl Clock + 'static,
        park: P,
    ) -> (Self, Timer) {
        let state = State { queue: Box::new(queue), sleeps_until: None };
        let shared = Arc::new(Shared {
            clock: Box::new(clock),
            state: Mutex::new(state),
            unparker: park.unparker(),
        });
        (Self { shared: Arc::clone(&shared), park }, Timer { shared })
    }
}

// ANCHOR: park
impl<P: Park> Park for Timers<P> {
    fn park(&self, limit: Option<Duration>) {
        let limit = self.shared.fall_asleep(limit);
        self.park.park(limit);
        let due = self.shared.wake_up();
        wake_all(due);
    }

    fn unparker(&self) -> Waker {
        self.park.unparker()
    }
}

impl Shared {
    /// Shortens `limit` to the next deadline, and notes until when the loop sleeps.
    fn fall_asleep(&self, limit: Option<Duration>) -> Option<Duration> {
        let now = self.clock.now();
        let mut state = self.lock();
        let next = state.queue.next_deadline().map(|deadline| deadline.saturating_sub(now));
        let limit = [limit, next].into_iter().flatten().min();
        state.sleeps_until = Some(limit.map_or(Duration::MAX, |limit| now.saturating_add(limit)));
        limit
    }

    /// Takes out the wakers that are due.
    fn wake_up(&self) -> Vec<Waker> {
        let now = self.clock.now();
        let mut state = self.lock();
        state.sleeps_until = None;
        state.queue.expire(now)
    }
}
// ANCHOR_END: park

impl Shared {
    pub(crate) fn now(&self) -> Duration {
        self.clock.now()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // What may panic under the lock is a waker's clone, before the queue is touched.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// ANCHOR: register
impl Shared {
    /// Sees that `waker`, the newest one, is called at the deadline. `key` names the entry of the
    /// poll before, if there was one.
    pub(crate) fn register(&self, key: Option<Key>, deadline: Duration, waker: &Waker) -> Key {
        let mut state = self.lock();
        if let Some(key) = key
            && let Some(kept) = state.queue.waker_mut(key)
        {
            let before = (!kept.will_wake(waker)).then(|| mem::replace(kept, waker.clone()));
            drop(state);
            drop(before);
            return key;
        }
        let key = state.queue.insert(deadline, waker.clone());
        let is_first = state.sleeps_until.is_some_and(|until| deadline < until);
        if is_first {
            // Once is enough: the loop looks at the whole queue before it sleeps again.
            state.sleeps_until = None;
        }
        drop(state);
        if is_first {
            self.unparker.wake_by_ref();
        }
        key
    }

    pub(crate) fn cancel(&self, key: Key) {
        // In two statements: the lock is released before the waker is dropped.
        let waker = self.lock().queue.cancel(key);
        drop(waker);
    }
}
// ANCHOR_END: register

impl Timer {
    /// The time since the start of the driver's clock.
    pub fn now(&self) -> Duration {
        self.shared.now()
    }

    /// How many timers are set.
    pub fn len(&self) -> usize {
        self.shared.lock().queue.len()
    }

    /// Whether no timer is set.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The lock is released before anything is written: the writer is foreign code.
        let len = self.lock().queue.len();
        f.debug_struct("Shared").field("now", &self.now()).field("len", &len).finish()
    }
}
