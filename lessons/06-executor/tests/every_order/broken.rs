//! Variants with one mistake each. The explorer must find an order in which it shows.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::Waker;

use crate::Way;
use crate::flags::{Flags, Turn};
use crate::queue::RunQueue;
use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use crate::thread;
use crate::waker::Signal;

fn push_if(is_due: bool, push: impl FnOnce()) {
    if is_due {
        push();
    }
}

// ANCHOR: clears-after
/// Lowers its flag when the poll is over. A wake during the poll finds it raised, does nothing, and
/// is wiped out.
pub struct ClearsAfterThePoll(AtomicBool);

impl Way for ClearsAfterThePoll {
    fn new() -> Self {
        Self(AtomicBool::new(true))
    }

    fn wake(&self, push: impl FnOnce()) {
        push_if(!self.0.swap(true, SeqCst), push);
    }

    fn begin(&self) -> Turn {
        Turn::Poll
    }

    fn polled(&self) {
        self.0.store(false, SeqCst);
    }

    fn abort(&self, _push: impl FnOnce()) {}

    fn finish(&self) {}
}
// ANCHOR_END: clears-after

/// Queues the task, and raises the flag afterwards. The executor may have polled it by then: the
/// flag stays up, and no wake queues the task any more.
pub struct PushesBeforeItSets(AtomicBool);

impl Way for PushesBeforeItSets {
    fn new() -> Self {
        Self(AtomicBool::new(true))
    }

    fn wake(&self, push: impl FnOnce()) {
        if !self.0.load(SeqCst) {
            push();
            self.0.store(true, SeqCst);
        }
    }

    fn begin(&self) -> Turn {
        self.0.store(false, SeqCst);
        Turn::Poll
    }

    fn abort(&self, _push: impl FnOnce()) {}

    fn finish(&self) {}
}

/// Looks at the flag and raises it in two steps. Two threads may both find it down.
pub struct LooksThenSets(AtomicBool);

impl Way for LooksThenSets {
    fn new() -> Self {
        Self(AtomicBool::new(true))
    }

    fn wake(&self, push: impl FnOnce()) {
        if !self.0.load(SeqCst) {
            self.0.store(true, SeqCst);
            push();
        }
    }

    fn begin(&self) -> Turn {
        self.0.store(false, SeqCst);
        Turn::Poll
    }

    fn abort(&self, _push: impl FnOnce()) {}

    fn finish(&self) {}
}

/// Every wake queues the task.
pub struct NoFlag;

impl Way for NoFlag {
    fn new() -> Self {
        Self
    }

    fn wake(&self, push: impl FnOnce()) {
        push();
    }

    fn begin(&self) -> Turn {
        Turn::Poll
    }

    fn abort(&self, _push: impl FnOnce()) {}

    fn finish(&self) {}
}

/// Notes the abort, and leaves it to the next wake to queue the task.
pub struct AbortsInSilence(Flags, AtomicBool);

impl Way for AbortsInSilence {
    fn new() -> Self {
        Self(Flags::queued(), AtomicBool::new(false))
    }

    fn wake(&self, push: impl FnOnce()) {
        push_if(self.0.wake(), push);
    }

    fn abort(&self, _push: impl FnOnce()) {
        self.1.store(true, SeqCst);
    }

    fn begin(&self) -> Turn {
        match self.0.begin() {
            Turn::Poll if self.1.load(SeqCst) => Turn::Cancel,
            turn => turn,
        }
    }

    fn finish(&self) {
        self.0.finish();
    }
}

/// Does not note that the future is gone.
pub struct WakesTheDead(Flags);

impl Way for WakesTheDead {
    fn new() -> Self {
        Self(Flags::queued())
    }

    fn wake(&self, push: impl FnOnce()) {
        push_if(self.0.wake(), push);
    }

    fn abort(&self, push: impl FnOnce()) {
        push_if(self.0.abort(), push);
    }

    fn begin(&self) -> Turn {
        self.0.begin()
    }

    fn finish(&self) {}
}

/// A queue that ends the sleep of whoever takes before it has anything to take.
pub fn wakes_before_it_pushes() {
    let signal = Arc::new(Signal::new());
    let items = Arc::new(Mutex::new(VecDeque::new()));
    let (unparker, theirs) = (Waker::from(Arc::clone(&signal)), Arc::clone(&items));
    thread::spawn(move || {
        unparker.wake_by_ref();
        theirs.lock().unwrap().push_back(7);
    });
    while items.lock().unwrap().pop_front().is_none() {
        signal.wait();
    }
}

/// An executor that empties its queue when it goes, and does not close it.
pub fn closes_by_emptying() {
    let queue = Arc::new(RunQueue::new(Waker::noop().clone()));
    let (theirs, pushed) = (Arc::clone(&queue), Arc::new(AtomicUsize::new(0)));
    let pushing = thread::spawn(move || theirs.push(pushed));
    while queue.pop().is_some() {}
    pushing.join().expect("it does not panic");
    assert_eq!(queue.len(), 0, "it was queued where nobody will ever take it");
}
