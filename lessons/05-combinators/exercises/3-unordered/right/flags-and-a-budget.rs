//! Right: a queue of children, each of which is in it once. As many are polled as were in it at the
//!   beginning.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::atomic::{AtomicBool, Ordering::SeqCst};
use crate::sync::{Arc, Mutex};

struct Bell {
    place: usize,
    is_queued: AtomicBool,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<VecDeque<Arc<Bell>>>,
    task: Mutex<Option<Waker>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_queued.swap(true, SeqCst) {
            self.shared.queue.lock().unwrap().push_back(Arc::clone(self));
            let task = self.shared.task.lock().unwrap().clone();
            if let Some(task) = task {
                task.wake();
            }
        }
    }
}

/// Places are never used again: a call that comes late cannot hit another child.
pub struct Unordered<F> {
    slots: Vec<Option<Pin<Box<F>>>>,
    alive: usize,
    shared: Arc<Shared>,
}

impl<F> Drop for Unordered<F> {
    fn drop(&mut self) {
        // The queue and its bells point to each other.
        self.shared.queue.lock().unwrap().clear();
    }
}

impl<F: Future> Unordered<F> {
    pub fn new() -> Self {
        Self { slots: Vec::new(), alive: 0, shared: Arc::default() }
    }

    pub fn push(&mut self, future: F) {
        let (is_queued, shared) = (AtomicBool::new(true), Arc::clone(&self.shared));
        let bell = Arc::new(Bell { place: self.slots.len(), is_queued, shared });
        self.slots.push(Some(Box::pin(future)));
        self.alive += 1;
        self.shared.queue.lock().unwrap().push_back(bell);
    }

    pub async fn next(&mut self) -> Option<F::Output> {
        std::future::poll_fn(|cx| {
            // Two locks, so the order matters: first it is said who waits, and then the queue is
            // looked at.
            *self.shared.task.lock().unwrap() = Some(cx.waker().clone());
            let budget = self.shared.queue.lock().unwrap().len();
            for _ in 0..budget {
                let Some(bell) = self.shared.queue.lock().unwrap().pop_front() else { break };
                // Before the poll: whoever calls from here on has a new reason.
                bell.is_queued.store(false, SeqCst);
                let place = bell.place;
                let Some(child) = &mut self.slots[place] else { continue };
                let waker = Waker::from(bell);
                if let Poll::Ready(output) = child.as_mut().poll(&mut Context::from_waker(&waker)) {
                    self.slots[place] = None;
                    self.alive -= 1;
                    return Poll::Ready(Some(output));
                }
            }
            if self.alive == 0 { Poll::Ready(None) } else { Poll::Pending }
        })
        .await
    }
}
