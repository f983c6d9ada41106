//! Wrong: makes the task an async block, in which a guard tells the handle at the latest when it is dropped.
//! Caught by: `the_future_is_gone_before_the_awaiter_is_woken`
//! Because: a block that is dropped drops what it has captured in the order of the first use, and the guard is used before
//!   the future is.
//! Says: the task was dropped before its end. What happened then: the awaiter is woken, the future is dropped

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
    let (mut tells, wants) = (Tells(Arc::clone(&shared), false), Wants(shared));
    let mut future = Box::pin(future);
    let task = async move {
        let told = &mut tells;
        let result =
            poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
                Ok(polled) => polled.map(Ok),
                Err(payload) => Poll::Ready(Err(JoinError::Panicked(payload))),
            })
            .await;
        drop(future);
        told.tell(result);
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
