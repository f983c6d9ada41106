//! Right: registers the task only after the polls, looks a second time, and calls itself if it has
//!   missed somebody.

use std::collections::{BTreeMap, BTreeSet};
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::{Arc, Mutex};

#[derive(Default)]
struct Calls {
    /// The keys of the children that are to be polled: they were woken, and have not been polled
    /// since.
    woken: BTreeSet<usize>,
    /// Whom to call when a child was woken: the task that polled the set last.
    task: Option<Waker>,
}

/// The waker of one child.
struct ChildWaker {
    key: usize,
    calls: Arc<Mutex<Calls>>,
}

impl Wake for ChildWaker {
    fn wake(self: Arc<Self>) {
        let mut calls = self.calls.lock().unwrap();
        calls.woken.insert(self.key);
        // Taken: one call is enough until the task polls again, and registers again.
        let task = calls.task.take();
        // The lock is released first: what the waker does is not ours to know.
        drop(calls);
        task.into_iter().for_each(Waker::wake);
    }
}

/// A future, and the waker that it is polled with.
struct Child<F> {
    future: Pin<Box<F>>,
    waker: Waker,
}

/// Futures that run at the same time.
pub struct Unordered<F: Future> {
    /// Those that are not finished. A key is used once.
    children: BTreeMap<usize, Child<F>>,
    next_key: usize,
    calls: Arc<Mutex<Calls>>,
}

impl<F: Future> Unordered<F> {
    /// A set with nobody in it.
    pub fn new() -> Self {
        Self { children: BTreeMap::new(), next_key: 0, calls: Arc::default() }
    }

    /// Adds a future. It gets its first poll in `next`.
    pub fn push(&mut self, future: F) {
        let key = self.next_key;
        self.next_key += 1;
        let waker = Waker::from(Arc::new(ChildWaker { key, calls: Arc::clone(&self.calls) }));
        self.children.insert(key, Child { future: Box::pin(future), waker });
        // Nobody can wake a child that was never polled: the first poll is due without a call.
        self.calls.lock().unwrap().woken.insert(key);
    }

    /// Waits for the next output, in the order in which they come, or returns `None` if there is no
    /// child any more.
    ///
    /// *Cancellation:* what it knows is kept in the set, so that nothing is lost if it is dropped.
    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> {
        poll_fn(|cx| self.poll_next(cx))
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let mut woken = mem::take(&mut self.calls.lock().unwrap().woken);
        while let Some(key) = woken.pop_first() {
            // A waker can be called long after its child has finished.
            let Some(child) = self.children.get_mut(&key) else { continue };
            let polled = child.future.as_mut().poll(&mut Context::from_waker(&child.waker));
            if let Poll::Ready(output) = polled {
                self.children.remove(&key);
                // The others have not been polled yet.
                self.calls.lock().unwrap().woken.append(&mut woken);
                return Poll::Ready(Some(output));
            }
        }
        if self.children.is_empty() {
            return Poll::Ready(None);
        }
        let mut calls = self.calls.lock().unwrap();
        let before = calls.task.replace(cx.waker().clone());
        // Who was woken since the first look has found nobody to call.
        let again = !calls.woken.is_empty();
        drop(calls);
        drop(before);
        if again {
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }
}
