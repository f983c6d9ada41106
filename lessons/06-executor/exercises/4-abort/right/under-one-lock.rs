//! Right: the note and the waker are one state under one lock, and after a `Pending` it looks again
//!   and ends at once.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::{Arc, Mutex};

#[derive(Default)]
enum State {
    #[default]
    NotPolled,
    Waits(Waker),
    Aborted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aborted;

#[derive(Clone)]
pub struct AbortHandle(Arc<Mutex<State>>);

pub struct Abortable<F> {
    state: Arc<Mutex<State>>,
    future: Option<Pin<Box<F>>>,
}

pub fn abortable<F: Future>(future: F) -> (Abortable<F>, AbortHandle) {
    let state = Arc::new(Mutex::new(State::default()));
    (Abortable { state: state.clone(), future: Some(Box::pin(future)) }, AbortHandle(state))
}

impl AbortHandle {
    pub fn abort(&self) {
        let before = mem::replace(&mut *self.0.lock().unwrap(), State::Aborted);
        if let State::Waits(waker) = before {
            waker.wake();
        }
    }
}

impl<F> Abortable<F> {
    /// Whether it may go on. If so, this waker is the one that an abort calls.
    fn goes_on(&mut self, waker: &Waker) -> bool {
        let mut state = self.state.lock().unwrap();
        if let State::Aborted = *state {
            drop(state);
            self.future.take();
            return false;
        }
        let before = mem::replace(&mut *state, State::Waits(waker.clone()));
        drop(state);
        drop(before);
        true
    }
}

impl<F: Future> Future for Abortable<F> {
    type Output = Result<F::Output, Aborted>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if !self.goes_on(cx.waker()) {
            return Poll::Ready(Err(Aborted));
        }
        match self.future.as_mut().unwrap().as_mut().poll(cx) {
            Poll::Ready(value) => Poll::Ready(Ok(value)),
            Poll::Pending if self.goes_on(cx.waker()) => Poll::Pending,
            Poll::Pending => Poll::Ready(Err(Aborted)),
        }
    }
}
