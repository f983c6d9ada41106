//! Right: the task is an async block. A guard in it tells the handle that the task was dropped
//!   before its end.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

#[derive(Debug)]
pub enum JoinError {
    Cancelled,
    Panicked(Box<dyn Any + Send>),
}

struct Shared<T> {
    result: Option<Result<T, JoinError>>,
    waker: Option<Waker>,
    is_wanted: bool,
}

/// Tells the handle, at the latest when it is dropped.
struct Tells<T>(Arc<Mutex<Shared<T>>>, bool);

impl<T> Tells<T> {
    fn tell(&mut self, result: Result<T, JoinError>) {
        self.1 = true;
        let mut shared = self.0.lock().unwrap();
        if shared.is_wanted {
            shared.result = Some(result);
        }
        let waker = shared.waker.take();
        drop(shared);
        waker.map(Waker::wake).unwrap_or_default();
    }
}

impl<T> Drop for Tells<T> {
    fn drop(&mut self) {
        if !self.1 {
            self.tell(Err(JoinError::Cancelled));
        }
    }
}

struct Wants<T>(Arc<Mutex<Shared<T>>>);

impl<T> Drop for Wants<T> {
    fn drop(&mut self) {
        let mut shared = self.0.lock().unwrap();
        shared.is_wanted = false;
        let left = (shared.result.take(), shared.waker.take());
        drop(shared);
        drop(left);
    }
}

pub fn split<F: Future>(
    future: F,
) -> (impl Future<Output = ()>, impl Future<Output = Result<F::Output, JoinError>>) {
    let shared = Shared { result: None, waker: None, is_wanted: true };
    let shared = Arc::new(Mutex::new(shared));
    let (tells, wants) = (Tells(Arc::clone(&shared), false), Wants(shared));
    // The fields of a tuple are dropped in their order: first the future.
    let parts = (Box::pin(future), tells);
    let task = async move {
        // All of it: otherwise each field would be captured by itself.
        let mut parts = parts;
        let result =
            poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| parts.0.as_mut().poll(cx))) {
                Ok(polled) => polled.map(Ok),
                Err(payload) => Poll::Ready(Err(JoinError::Panicked(payload))),
            })
            .await;
        let (future, mut tells) = parts;
        drop(future);
        tells.tell(result);
    };
    let handle = async move {
        poll_fn(|cx| {
            let mut shared = wants.0.lock().unwrap();
            let before = shared.waker.replace(cx.waker().clone());
            let result = shared.result.take();
            drop(shared);
            drop(before);
            result.map_or(Poll::Pending, Poll::Ready)
        })
        .await
    };
    (task, handle)
}
