//! Wrong: a waiter that is dropped takes all the places out, leaves its own, and puts the others back.
//!   Based on `right/a-place-for-each.rs`.
//! Caught by: `in_no_order_does_one_that_goes_take_somebody_along`
//! Because: the gate may be opened while the places are out. It finds nobody to call, and nobody reads what is put back.
//! Says: and nobody called the waker of the one who stayed

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
        state.places.insert(self.place, cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let mut places = mem::take(&mut self.gate.state.lock().unwrap().places);
        places.remove(&self.place);
        self.gate.state.lock().unwrap().places.append(&mut places);
    }
}
