//! Right: it keeps every waker and calls them all. A spurious wake is allowed, and so is a poll
//!   that comes of it.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::sync::atomic::{AtomicU8, Ordering::SeqCst};
use crate::sync::{Arc, RwLock};

#[derive(Debug, PartialEq)]
pub struct Aborted;

type Shared = (AtomicU8, RwLock<Vec<Waker>>);

#[derive(Clone)]
pub struct AbortHandle {
    shared: Arc<Shared>,
}

impl AbortHandle {
    pub fn abort(&self) {
        self.shared.0.fetch_max(1, SeqCst);
        let all = self.shared.1.read().unwrap().clone();
        all.into_iter().for_each(Waker::wake);
    }
}

pub fn abortable<F: Future>(
    future: F,
) -> (impl Future<Output = Result<F::Output, Aborted>>, AbortHandle) {
    let shared = Arc::new((AtomicU8::new(0), RwLock::new(Vec::new())));
    let handle = AbortHandle { shared: Arc::clone(&shared) };
    (Task { future: Box::pin(Some(future)), shared }, handle)
}

struct Task<F> {
    future: Pin<Box<Option<F>>>,
    shared: Arc<Shared>,
}

impl<F: Future> Future for Task<F> {
    type Output = Result<F::Output, Aborted>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.shared.1.write().unwrap().push(cx.waker().clone());
        if self.shared.0.load(SeqCst) == 1 {
            self.future.set(None);
        }
        match self.future.as_mut().as_pin_mut() {
            Some(future) => future.poll(cx).map(Ok),
            None => Poll::Ready(Err(Aborted)),
        }
    }
}
