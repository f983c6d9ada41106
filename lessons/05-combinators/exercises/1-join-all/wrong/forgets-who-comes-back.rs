//! Wrong: registers a task only if it has never polled before.
//!   Based on `right/a-waker-for-each.rs`.
//! Caught by: `a_wake_reaches_the_task_that_polled_last`
//! Because: the whole may come back to a task that had it before. The one that polled in between is woken, and nobody polls any more.
//! Says: then by task A again, and told Pending each time

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    let parent = Arc::new(Mutex::new(Waker::noop().clone()));
    let child = |future| {
        let bell = Bell { rung: AtomicBool::new(true), parent: Arc::clone(&parent) };
        Child { future: Some(Box::pin(future)), output: None, bell: Arc::new(bell) }
    };
    JoinAll { children: futures.into_iter().map(child).collect(), parent, known: Vec::new() }
}

pub struct JoinAll<F: Future> {
    children: Vec<Child<F>>,
    parent: Arc<Mutex<Waker>>,
    known: Vec<Waker>,
}

struct Child<F: Future> {
    future: Option<Pin<Box<F>>>,
    output: Option<F::Output>,
    bell: Arc<Bell>,
}

struct Bell {
    rung: AtomicBool,
    parent: Arc<Mutex<Waker>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, SeqCst);
        let parent = self.parent.lock().unwrap().clone();
        parent.wake();
    }
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // Registered before anybody's bell is looked at.
        if !self.known.iter().any(|known| known.will_wake(cx.waker())) {
            self.known.push(cx.waker().clone());
            self.parent.lock().unwrap().clone_from(cx.waker());
        }
        for child in &mut self.children {
            let Some(future) = &mut child.future else { continue };
            if !child.bell.rung.swap(false, SeqCst) {
                continue;
            }
            let waker = Waker::from(Arc::clone(&child.bell));
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                child.output = Some(output);
                child.future = None;
            }
        }
        if self.children.iter().any(|child| child.future.is_some()) {
            return Poll::Pending;
        }
        Poll::Ready(self.children.drain(..).map(|child| child.output.unwrap()).collect())
    }
}
