//! Right: a gap is closed with the last child. Its waker is told the new place, and reads it under
//!   the lock.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::{Arc, Mutex};

#[derive(Default)]
struct Calls {
    woken: BTreeSet<usize>,
    task: Option<Waker>,
}

const GONE: usize = usize::MAX;

struct ChildWaker {
    at: AtomicUsize,
    calls: Arc<Mutex<Calls>>,
}

impl Wake for ChildWaker {
    fn wake(self: Arc<Self>) {
        let task = {
            let mut calls = self.calls.lock().unwrap();
            let at = self.at.load(Ordering::SeqCst);
            if at == GONE {
                return;
            }
            calls.woken.insert(at);
            calls.task.take()
        };
        if let Some(task) = task {
            task.wake();
        }
    }
}

struct Child<F> {
    future: Pin<Box<F>>,
    bell: Arc<ChildWaker>,
}

pub struct Unordered<F: Future> {
    children: Vec<Child<F>>,
    calls: Arc<Mutex<Calls>>,
}

impl<F: Future> Unordered<F> {
    pub fn new() -> Self {
        Self { children: Vec::new(), calls: Arc::default() }
    }

    pub fn push(&mut self, future: F) {
        let at = self.children.len();
        let bell =
            Arc::new(ChildWaker { at: AtomicUsize::new(at), calls: Arc::clone(&self.calls) });
        self.children.push(Child { future: Box::pin(future), bell });
        self.calls.lock().unwrap().woken.insert(at);
    }

    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> {
        poll_fn(|cx| self.poll_next(cx))
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let mut todo: Vec<usize> = {
            let mut calls = self.calls.lock().unwrap();
            calls.task = Some(cx.waker().clone());
            std::mem::take(&mut calls.woken).into_iter().collect()
        };
        todo.reverse();
        while let Some(at) = todo.pop() {
            let Some(child) = self.children.get_mut(at) else { continue };
            let waker = Waker::from(Arc::clone(&child.bell));
            if let Poll::Ready(out) = child.future.as_mut().poll(&mut Context::from_waker(&waker)) {
                let last = self.children.len() - 1;
                let mut calls = self.calls.lock().unwrap();
                let gone = self.children.swap_remove(at);
                gone.bell.at.store(GONE, Ordering::SeqCst);
                calls.woken.remove(&at);
                calls.woken.extend(todo.iter().copied());
                if at != last {
                    self.children[at].bell.at.store(at, Ordering::SeqCst);
                    if calls.woken.remove(&last) {
                        calls.woken.insert(at);
                    }
                }
                drop(calls);
                drop(gone);
                return Poll::Ready(Some(out));
            }
        }
        if self.children.is_empty() { Poll::Ready(None) } else { Poll::Pending }
    }
}
