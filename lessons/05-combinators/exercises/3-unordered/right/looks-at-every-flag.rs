//! Right: no queue. Each child has a flag, and each poll looks at all flags, and polls those whose
//!   flag was raised.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Weak;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::atomic::{AtomicBool, Ordering::SeqCst};
use crate::sync::{Arc, Mutex};

struct Flag {
    raised: AtomicBool,
    /// The set's: if it is gone, there is nobody to call.
    task: Weak<Mutex<Waker>>,
}

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.raised.store(true, SeqCst);
        if let Some(task) = self.task.upgrade() {
            let waker = task.lock().unwrap().clone();
            waker.wake();
        }
    }
}

type Child<F> = (Arc<Flag>, Pin<Box<F>>);

pub struct Unordered<F: Future> {
    children: Vec<Child<F>>,
    task: Arc<Mutex<Waker>>,
}

impl<F: Future> Unordered<F> {
    pub fn new() -> Self {
        Self { children: Vec::new(), task: Arc::new(Mutex::new(Waker::noop().clone())) }
    }

    pub fn push(&mut self, future: F) {
        let flag = Flag { raised: AtomicBool::new(true), task: Arc::downgrade(&self.task) };
        self.children.push((Arc::new(flag), Box::pin(future)));
    }

    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> {
        poll_fn(|cx| {
            let before = std::mem::replace(&mut *self.task.lock().unwrap(), cx.waker().clone());
            drop(before);
            let mut at = 0;
            while at < self.children.len() {
                let (flag, future) = &mut self.children[at];
                if flag.raised.swap(false, SeqCst) {
                    let waker = Waker::from(Arc::clone(flag));
                    let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
                    if let Poll::Ready(output) = polled {
                        self.children.swap_remove(at);
                        return Poll::Ready(Some(output));
                    }
                }
                at += 1;
            }
            if self.children.is_empty() { Poll::Ready(None) } else { Poll::Pending }
        })
    }
}
