//! Right: task and handle stay on one thread, so there are cells and no locks. The handle knows by
//!   the count of references that the task is gone.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};

#[derive(Debug)]
pub enum JoinError {
    Cancelled,
    Panicked(Box<dyn Any + Send>),
}

struct Shared<T> {
    result: RefCell<Option<Result<T, JoinError>>>,
    waker: RefCell<Waker>,
}

pub struct Task<F: Future> {
    future: Option<Pin<Box<F>>>,
    // The handle is the owner: what is stored here goes with it.
    shared: Weak<Shared<F::Output>>,
}

pub struct JoinHandle<T> {
    shared: Rc<Shared<T>>,
}

pub fn split<F: Future>(future: F) -> (Task<F>, JoinHandle<F::Output>) {
    let shared =
        Rc::new(Shared { result: RefCell::new(None), waker: Waker::noop().clone().into() });
    let task = Task { future: Some(Box::pin(future)), shared: Rc::downgrade(&shared) };
    (task, JoinHandle { shared })
}

impl<F: Future> Future for Task<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let future = self.future.as_mut().unwrap().as_mut();
        let polled = catch_unwind(AssertUnwindSafe(|| future.poll(cx)));
        let Ok(Poll::Pending) = polled else {
            self.future = None;
            if let Some(shared) = self.shared.upgrade() {
                let result = polled.map(|polled| match polled {
                    Poll::Ready(value) => value,
                    Poll::Pending => unreachable!("looked at above"),
                });
                *shared.result.borrow_mut() = Some(result.map_err(JoinError::Panicked));
                let waker = shared.waker.borrow().clone();
                waker.wake();
            }
            return Poll::Ready(());
        };
        Poll::Pending
    }
}

impl<F: Future> Drop for Task<F> {
    fn drop(&mut self) {
        if self.future.take().is_none() {
            return;
        }
        if let Some(shared) = self.shared.upgrade() {
            *shared.result.borrow_mut() = Some(Err(JoinError::Cancelled));
            shared.waker.borrow().wake_by_ref();
        }
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        drop(self.shared.waker.replace(cx.waker().clone()));
        match self.shared.result.borrow_mut().take() {
            Some(result) => Poll::Ready(result),
            None => Poll::Pending,
        }
    }
}
