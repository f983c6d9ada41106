//! Wrong: numbers the places with a byte.
//!   Based on `right/a-place-for-each.rs`.
//! Caught by: `those_who_come_later_push_nobody_out`
//! Because: the 257th that comes has the number of the first, and its waker takes the place of the first one's.
//! Says: 256 others

use std::collections::BTreeMap;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

#[derive(Default)]
struct State {
    open: bool,
    next: u8,
    places: BTreeMap<u8, Waker>,
}

#[derive(Clone, Default)]
pub struct Gate {
    state: Arc<Mutex<State>>,
}

pub struct Wait {
    gate: Gate,
    place: u8,
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
        state.next = state.next.wrapping_add(1);
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
        let waker = self.gate.state.lock().unwrap().places.remove(&self.place);
        drop(waker);
    }
}
