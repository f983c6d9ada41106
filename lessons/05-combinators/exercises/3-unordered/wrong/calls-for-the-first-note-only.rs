//! Wrong: calls the task only if nobody was noted before.
//! Caught by: `a_wake_reaches_the_task_that_polled_last`
//! Because: a note is no proof of a call. A child that was pushed is noted, and nobody was called for it.
//! Says: does not mean that somebody was called

//! A set of futures that hands out their outputs as they get ready.

use std::collections::{BTreeMap, BTreeSet};
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::{Arc, Mutex};

/// What the set shares with the wakers of its children. The fields are a suggestion: change them if you like.
#[derive(Default)]
struct Calls {
    /// The keys of the children that are to be polled: they were woken, and have not been polled since.
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
        let task = {
            let mut calls = self.calls.lock().unwrap();
            let first = calls.woken.is_empty();
            calls.woken.insert(self.key);
            // Whoever noted a child before has called the task already.
            if first { calls.task.clone() } else { None }
        };
        if let Some(task) = task {
            task.wake();
        }
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
        let waker =
            Waker::from(std::sync::Arc::new(ChildWaker { key, calls: Arc::clone(&self.calls) }));
        self.children.insert(key, Child { future: Box::pin(future), waker });
        self.calls.lock().unwrap().woken.insert(key);
    }

    /// Waits for the next output, in the order in which they come, or returns `None` if there is no child any more.
    ///
    /// *Cancellation:* what it knows is kept in the set, so that nothing is lost if it is dropped.
    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> {
        poll_fn(|cx| self.poll_next(cx))
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let due = {
            let mut calls = self.calls.lock().unwrap();
            calls.task = Some(cx.waker().clone());
            mem::take(&mut calls.woken)
        };
        let mut due = due.into_iter();
        while let Some(key) = due.next() {
            let Some(child) = self.children.get_mut(&key) else { continue };
            if let Poll::Ready(output) =
                child.future.as_mut().poll(&mut Context::from_waker(&child.waker))
            {
                self.children.remove(&key);
                self.calls.lock().unwrap().woken.extend(due);
                return Poll::Ready(Some(output));
            }
        }
        if self.children.is_empty() { Poll::Ready(None) } else { Poll::Pending }
    }
}
