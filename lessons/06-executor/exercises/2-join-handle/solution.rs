//! A future, split into a task and a handle that waits for its result.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

/// Where the result is handed over.
enum State<T> {
    /// The task is not over. The waker is that of whoever polled the handle last, if anybody has.
    Running(Option<Waker>),
    /// The result is there, and nobody has taken it yet.
    Over(Result<T, JoinError>),
    /// The handle has taken the result, or is gone.
    Taken,
}

/// Why a task has no result.
#[derive(Debug)]
pub enum JoinError {
    /// The task was dropped before its end.
    Cancelled,
    /// The future panicked, with this payload.
    Panicked(Box<dyn Any + Send>),
}

/// What the executor polls.
pub struct Task<F: Future> {
    /// `None` once it is gone.
    future: Option<Pin<Box<F>>>,
    state: Arc<Mutex<State<F::Output>>>,
}

/// Waits for the result of a task.
pub struct JoinHandle<T> {
    state: Arc<Mutex<State<T>>>,
}

/// Splits `future` into a task and its handle.
pub fn split<F: Future>(future: F) -> (Task<F>, JoinHandle<F::Output>) {
    let state = Arc::new(Mutex::new(State::Running(None)));
    let task = Task { future: Some(Box::pin(future)), state: Arc::clone(&state) };
    (task, JoinHandle { state })
}

impl<F: Future> Task<F> {
    /// Ends the task: drops the future, and then says how it ended.
    fn end(&mut self, result: Result<F::Output, JoinError>) {
        self.future = None;
        let mut state = self.state.lock().unwrap();
        // If the handle is gone, nobody wants the result. It is dropped at the end, after the lock
        // is released.
        if let State::Running(waker) = &mut *state {
            let waker = waker.take();
            *state = State::Over(result);
            drop(state);
            waker.into_iter().for_each(Waker::wake);
        }
    }
}

impl<F: Future> Future for Task<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(future) = &mut self.future else { return Poll::Ready(()) };
        // Unwind safe: after a panic the future is only dropped.
        let result = match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(value)) => Ok(value),
            Err(payload) => Err(JoinError::Panicked(payload)),
        };
        self.end(result);
        Poll::Ready(())
    }
}

impl<F: Future> Drop for Task<F> {
    fn drop(&mut self) {
        if self.future.is_some() {
            self.end(Err(JoinError::Cancelled));
        }
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.state.lock().unwrap();
        match mem::replace(&mut *state, State::Taken) {
            State::Over(result) => Poll::Ready(result),
            State::Taken => panic!("the handle was polled after it was ready"),
            State::Running(before) => {
                *state = State::Running(Some(cx.waker().clone()));
                drop(state);
                drop(before);
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        let before = mem::replace(&mut *self.state.lock().unwrap(), State::Taken);
        // A result or a waker: dropped after the lock is released, because that may run any code.
        drop(before);
    }
}
