//! Wrong: a future leaves its place when it is polled, and takes a place again only if the waker is a new one.
//!   Based on `right/a-place-for-each.rs`.
//! Caught by: `nobody_takes_the_place_of_one_who_waits`
//! Because: the place is empty after the second poll of one task: nobody calls it.
//! Says: Without that second poll, everyone was woken

use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

#[derive(Default)]
struct State {
    open: bool,
    next: u64,
    places: BTreeMap<u64, Waker>,
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
        places.into_values().for_each(Waker::wake);
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
        let before = state.places.remove(&self.place);
        if !before.is_some_and(|before| before.will_wake(cx.waker())) {
            state.places.insert(self.place, cx.waker().clone());
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
