//! Wrong: each future wakes only the newest of the tasks that have polled it, and takes a task that comes back for an old one.
//!   Based on `right/a-place-for-each.rs`.
//! Caught by: `a_waiter_is_woken_in_the_task_that_polled_last`
//! Because: a future may move to another task and back. The newest task is then not the one that polled last.
//! Says: polled by task A, then by task B, then by task A again, and told Pending each time. Then the gate was opened

use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

#[derive(Default)]
struct State {
    open: bool,
    next: u64,
    places: BTreeMap<u64, Vec<Waker>>,
}

#[derive(Clone, Default)]
pub struct Gate {
    state: Arc<Mutex<State>>,
}

pub struct Wait {
    gate: Gate,
    place: u64,
}

impl Gate {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn open(&self) {
        let mut state = self.state.lock().unwrap();
        state.open = true;
        let places = mem::take(&mut state.places);
        drop(state);
        places.into_values().filter_map(|mut tasks| tasks.pop()).for_each(Waker::wake);
    }

    pub fn wait(&self) -> Wait {
        let mut state = self.state.lock().unwrap();
        state.next += 1;
        Wait { gate: self.clone(), place: state.next }
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.gate.state.lock().unwrap();
        if state.open {
            return Poll::Ready(());
        }
        let tasks = state.places.entry(self.place).or_default();
        if !tasks.iter().any(|task| task.will_wake(cx.waker())) {
            tasks.push(cx.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let waker = self.gate.state.lock().unwrap().places.remove(&self.place);
        drop(waker);
    }
}
