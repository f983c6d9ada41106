//! Wrong: gives the place of a finished task to the next one, and wakers know the place only.
//! Caught by: `a_new_task_has_nothing_of_an_old_one`
//! Because: a waker of the finished task, kept by a timer for example, wakes whoever has the place
//!   now.
//! Says: was over before `new` was spawned, was called, and then: `new` was polled for nothing

use crate::sync::Mutex;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Wake, Waker};

type Fut = Pin<Box<dyn Future<Output = ()> + Send>>;
#[derive(Default)]
struct Slot {
    future: Option<Fut>,
    queued: bool,
    used: bool,
}
#[derive(Default)]
struct Inner {
    slots: Vec<Slot>,
    free: Vec<usize>,
    queue: VecDeque<usize>,
}
#[derive(Clone)]
pub struct Executor {
    inner: Arc<Mutex<Inner>>,
}
struct Waking {
    id: usize,
    inner: Weak<Mutex<Inner>>,
}

impl Executor {
    pub fn new() -> Self {
        Self { inner: Arc::new(Mutex::new(Inner::default())) }
    }
    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        let future: Fut = Box::pin(future);
        let mut i = self.inner.lock().unwrap();
        let id = i.free.pop().unwrap_or_else(|| {
            i.slots.push(Slot::default());
            i.slots.len() - 1
        });
        let s = &mut i.slots[id];
        s.future = Some(future);
        s.queued = true;
        s.used = true;
        i.queue.push_back(id);
    }
    pub fn run_until_idle(&self) {
        loop {
            let mut i = self.inner.lock().unwrap();
            let Some(id) = i.queue.pop_front() else { return };
            i.slots[id].queued = false;
            let Some(mut future) = i.slots[id].future.take() else { continue };
            drop(i);
            let waker = Waker::from(Arc::new(Waking { id, inner: Arc::downgrade(&self.inner) }));
            if future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
                self.inner.lock().unwrap().slots[id].future = Some(future);
            } else {
                drop(future);
                let mut i = self.inner.lock().unwrap();
                let s = &mut i.slots[id];
                s.used = false;
                let was = std::mem::take(&mut s.queued);
                if was {
                    i.queue.retain(|q| *q != id);
                }

                i.free.push(id);
                drop(i);
            }
        }
    }
}
impl Wake for Waking {
    fn wake(self: Arc<Self>) {
        let Some(inner) = self.inner.upgrade() else { return };
        let mut i = inner.lock().unwrap();
        let s = &mut i.slots[self.id];
        if !s.used || s.queued {
            return;
        }
        s.queued = true;
        i.queue.push_back(self.id);
    }
}
