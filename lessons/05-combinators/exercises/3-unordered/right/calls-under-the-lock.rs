//! Right: calls the task while it holds the lock. (Not the best habit: the task's waker is code
//!   that is not ours.)

use std::collections::{BTreeMap, BTreeSet};
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

struct ChildWaker {
    key: usize,
    calls: Arc<Mutex<Calls>>,
}

impl Wake for ChildWaker {
    fn wake(self: Arc<Self>) {
        let mut calls = self.calls.lock().unwrap();
        calls.woken.insert(self.key);
        if let Some(task) = calls.task.take() {
            task.wake();
        }
    }
}

struct Child<F> {
    future: Pin<Box<F>>,
    waker: Waker,
}

pub struct Unordered<F: Future> {
    children: BTreeMap<usize, Child<F>>,
    next_key: usize,
    calls: Arc<Mutex<Calls>>,
}

impl<F: Future> Unordered<F> {
    pub fn new() -> Self {
        Self { children: BTreeMap::new(), next_key: 0, calls: Arc::default() }
    }

    pub fn push(&mut self, future: F) {
        let key = self.next_key;
        self.next_key += 1;
        let waker = Waker::from(Arc::new(ChildWaker { key, calls: Arc::clone(&self.calls) }));
        self.children.insert(key, Child { future: Box::pin(future), waker });
        self.calls.lock().unwrap().woken.insert(key);
    }

    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> {
        poll_fn(|cx| self.poll_next(cx))
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let mut woken = {
            let mut calls = self.calls.lock().unwrap();
            calls.task = Some(cx.waker().clone());
            mem::take(&mut calls.woken)
        };
        while let Some(key) = woken.pop_first() {
            let Some(child) = self.children.get_mut(&key) else { continue };
            if let Poll::Ready(out) =
                child.future.as_mut().poll(&mut Context::from_waker(&child.waker))
            {
                self.children.remove(&key);
                self.calls.lock().unwrap().woken.append(&mut woken);
                return Poll::Ready(Some(out));
            }
        }
        if self.children.is_empty() { Poll::Ready(None) } else { Poll::Pending }
    }
}
