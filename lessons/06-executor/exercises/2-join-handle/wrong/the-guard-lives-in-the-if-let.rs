//! Wrong: looks at the state in the head of an `if let`, and ends the task in its body.
//! Caught by: `a_dropped_task_ends_the_wait`
//! Because: what is made in the head lives until the end of the body. The lock is held there, and
//!   the end waits for it. The compiler has objected, and was talked round with a clone.
//! Says: a poll or a drop of the task or of the handle blocks

use std::any::Any;
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

impl<F: Future> Future for Task<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let future = self.future.as_mut().expect("polled after the end");
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(value)) => self.end(Ok(value)),
            Err(payload) => self.end(Err(JoinError::Panicked(payload))),
        }
        Poll::Ready(())
    }
}

impl<F: Future> Task<F> {
    fn end(&mut self, result: Result<F::Output, JoinError>) {
        let future = self.future.take();
        drop(future);
        let mut state = self.state.lock().unwrap();
        if let State::Running(waker) = &mut *state {
            let waker = waker.take();
            *state = State::Over(result);
            drop(state);
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

impl<F: Future> Drop for Task<F> {
    fn drop(&mut self) {
        // `self` is borrowed as long as its lock is held, says the compiler. So it is a clone's
        // lock.
        let state = Arc::clone(&self.state);
        if let State::Running(_) = *state.lock().unwrap() {
            self.end(Err(JoinError::Cancelled));
        }
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.state.lock().unwrap();
        match std::mem::replace(&mut *state, State::Taken) {
            State::Over(result) => Poll::Ready(result),
            State::Running(_) => {
                *state = State::Running(Some(cx.waker().clone()));
                Poll::Pending
            }
            State::Taken => panic!("polled after the end"),
        }
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        let old = std::mem::replace(&mut *self.state.lock().unwrap(), State::Taken);
        drop(old);
    }
}
