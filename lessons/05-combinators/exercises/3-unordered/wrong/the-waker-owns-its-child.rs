//! Wrong: puts the future into what the waker points to.
//! Caught by: `dropping_the_set_drops_its_children`
//! Because: the future keeps its waker where it will be called from, and the waker keeps the
//!   future: the two keep each other for ever.
//! Says: a waker is to call, and not to keep what it calls

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::{Arc, Mutex};

#[derive(Default)]
struct Calls {
    woken: BTreeSet<usize>,
    task: Option<Waker>,
}

/// A child is its own waker.
struct Child<F> {
    key: usize,
    future: Mutex<Option<Pin<Box<F>>>>,
    calls: Arc<Mutex<Calls>>,
}

impl<F: Future + Send + 'static> Wake for Child<F> {
    fn wake(self: Arc<Self>) {
        let mut calls = self.calls.lock().unwrap();
        calls.woken.insert(self.key);
        let task = calls.task.take();
        drop(calls);
        task.into_iter().for_each(Waker::wake);
    }
}

/// Futures that run at the same time.
pub struct Unordered<F: Future + Send + 'static> {
    children: Vec<Option<Arc<Child<F>>>>,
    calls: Arc<Mutex<Calls>>,
}

impl<F: Future + Send + 'static> Unordered<F> {
    /// A set with nobody in it.
    pub fn new() -> Self {
        Self { children: Vec::new(), calls: Arc::default() }
    }

    /// Adds a future. It gets its first poll in `next`.
    pub fn push(&mut self, future: F) {
        let key = self.children.len();
        let future = Mutex::new(Some(Box::pin(future)));
        let child = Child { key, future, calls: Arc::clone(&self.calls) };
        self.children.push(Some(Arc::new(child)));
        self.calls.lock().unwrap().woken.insert(key);
    }

    /// Waits for the next output, in the order in which they come, or returns `None` if there is no
    /// child any more.
    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> {
        poll_fn(|cx| self.poll_next(cx))
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let mut calls = self.calls.lock().unwrap();
        calls.task = Some(cx.waker().clone());
        let mut woken = mem::take(&mut calls.woken);
        drop(calls);
        while let Some(key) = woken.pop_first() {
            let Some(child) = self.children[key].clone() else { continue };
            let waker = Waker::from(Arc::clone(&child));
            let mut slot = child.future.lock().unwrap();
            let Some(future) = slot.as_mut() else { continue };
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                *slot = None;
                self.children[key] = None;
                self.calls.lock().unwrap().woken.append(&mut woken);
                return Poll::Ready(Some(output));
            }
        }
        if self.children.iter().all(Option::is_none) { Poll::Ready(None) } else { Poll::Pending }
    }
}
