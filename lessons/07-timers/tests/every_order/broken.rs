//! A small driver, and variants of it with one mistake each. The explorer must find an order in
//! which it shows.

use std::task::Waker;
use std::time::Duration;

use crate::Bed;
use crate::queue::TimerQueue;
use crate::sync::Mutex;

pub struct Driver {
    bed: Bed,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    heap: timers::Heap,
    sleeps_until: Option<Duration>,
}

/// How the loop sleeps, and how another thread sets a timer.
#[derive(Clone, Copy)]
pub struct Ways {
    pub park: fn(&Driver),
    pub set: fn(&Driver, Duration, Waker),
}

pub const NO_MISTAKE: Ways = Ways { park: Driver::park, set: Driver::set };
pub const NOTES_LATE: Ways = Ways { park: Driver::park_noting_late, set: Driver::set };
pub const ASKS_FIRST: Ways = Ways { park: Driver::park, set: Driver::set_asking_first };
pub const TELLS_NOBODY: Ways = Ways { park: Driver::park, set: Driver::set_telling_nobody };

impl Driver {
    /// Makes one whose loop is the calling thread.
    pub fn new() -> Self {
        Self { bed: Bed::new(), state: Mutex::new(State::default()) }
    }

    /// Looks and notes under one lock.
    fn park(&self) {
        let mut state = self.state.lock().unwrap();
        let next = state.heap.next_deadline();
        state.sleeps_until = Some(next.unwrap_or(Duration::MAX));
        drop(state);
        self.sleep_until(next);
    }
}

// ANCHOR: notes-late
impl Driver {
    /// Looks, and notes afterwards that it sleeps: a timer that is set between finds the loop
    /// awake, and calls nobody.
    fn park_noting_late(&self) {
        let next = self.state.lock().unwrap().heap.next_deadline();
        self.state.lock().unwrap().sleeps_until = Some(next.unwrap_or(Duration::MAX));
        self.sleep_until(next);
    }
}
// ANCHOR_END: notes-late

impl Driver {
    fn sleep_until(&self, next: Option<Duration>) {
        self.bed.sleep(next.map(|next| next.saturating_sub(self.bed.clock.now())));
        let mut state = self.state.lock().unwrap();
        state.sleeps_until = None;
        let due = state.heap.expire(self.bed.clock.now());
        drop(state);
        due.into_iter().for_each(Waker::wake);
    }

    fn set(&self, deadline: Duration, waker: Waker) {
        let mut state = self.state.lock().unwrap();
        state.heap.insert(deadline, waker);
        let is_first = state.sleeps_until.is_some_and(|until| deadline < until);
        drop(state);
        if is_first {
            self.bed.call();
        }
    }

    /// Asks whether the loop sleeps, and adds the entry afterwards: a loop that goes to sleep
    /// between has not seen it.
    fn set_asking_first(&self, deadline: Duration, waker: Waker) {
        let is_first =
            self.state.lock().unwrap().sleeps_until.is_some_and(|until| deadline < until);
        self.state.lock().unwrap().heap.insert(deadline, waker);
        if is_first {
            self.bed.call();
        }
    }

    /// Adds the entry, and relies on the loop to look.
    fn set_telling_nobody(&self, deadline: Duration, waker: Waker) {
        self.state.lock().unwrap().heap.insert(deadline, waker);
    }
}
