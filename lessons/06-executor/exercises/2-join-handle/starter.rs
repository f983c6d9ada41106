//! A future, split into a task and a handle that waits for its result.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

/// Where the result is handed over. A suggestion: change it if you like.
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

impl<F: Future> Future for Task<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        todo!("poll the future, and see to it that the handle learns how it ended")
    }
}

impl<F: Future> Drop for Task<F> {
    fn drop(&mut self) {
        // It runs after the end, too. What does it mean for the handle if there was none?
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        todo!("hand out the result, or see to it that whoever awaits this is called")
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        // Nobody wants the result any more. What has to happen to it?
    }
}
