//! Wrong: gives the place of a finished task to the next one, and leaves the key of the finished
//!   one in the queue.
//! Caught by: `a_new_task_has_nothing_of_an_old_one`
//! Because: a task that woke itself in its last poll stands in the queue. The new one that gets its
//!   place stands there twice, and the first time it is not its turn.
//! Says: then `new` was spawned, and then: `new` was polled for nothing

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
    generation: u64,
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
    generation: u64,
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
            let generation = i.slots[id].generation;
            let Some(mut future) = i.slots[id].future.take() else { continue };
            drop(i);
            let waker = Waker::from(Arc::new(Waking {
                id,
                generation,
                inner: Arc::downgrade(&self.inner),
            }));
            if future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
                self.inner.lock().unwrap().slots[id].future = Some(future);
            } else {
                drop(future);
                let mut i = self.inner.lock().unwrap();
                let s = &mut i.slots[id];
                s.used = false;
                s.generation += 1;

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
        if s.generation != self.generation || s.queued {
            return;
        }
        s.queued = true;
        i.queue.push_back(self.id);
    }
}
