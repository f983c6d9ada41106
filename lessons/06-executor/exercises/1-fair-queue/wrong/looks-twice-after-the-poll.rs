//! Wrong: remembers a wake during the poll, and after the poll looks at that first and lets go of the task afterwards.
//! Caught by: `in_no_order_is_a_wake_from_another_thread_lost`
//! Because: the wake of another thread may come between the look and the letting go: it sees the task running, and nobody
//!   looks any more.
//! Says: the wake is lost

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Wake, Waker};

use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, Ordering};

/// The tasks that can go on.
type Queue = Mutex<VecDeque<Arc<Task>>>;

/// Runs tasks, on the thread that calls `run_until_idle`. A clone is the same executor: with it, tasks start tasks.
#[derive(Clone)]
pub struct Executor {
    queue: Arc<Queue>,
}

/// A future, and what it takes to put it into the queue.
struct Task {
    /// `None` once the task is over.
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    /// Whether the task stands in the queue or is being polled.
    is_busy: AtomicBool,
    /// Whether it was woken meanwhile.
    is_woken: AtomicBool,
    /// The queue owns its tasks, and not the other way round: otherwise neither would ever be freed.
    queue: Weak<Queue>,
}

impl Executor {
    /// Makes an executor without tasks.
    pub fn new() -> Self {
        Self { queue: Arc::new(Mutex::new(VecDeque::new())) }
    }

    /// Makes a task of `future`, and puts it at the end of the queue.
    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        let task = Arc::new(Task {
            future: Mutex::new(Some(Box::pin(future))),
            is_busy: AtomicBool::new(true),
            is_woken: AtomicBool::new(false),
            queue: Arc::downgrade(&self.queue),
        });
        self.queue.lock().unwrap().push_back(task);
    }

    /// Gives each task in the queue its turn, until no task can go on.
    pub fn run_until_idle(&self) {
        while let Some(task) = self.next() {
            task.run();
        }
    }

    /// The first task of the queue. A function of its own, so that the lock is given back before the task runs.
    fn next(&self) -> Option<Arc<Task>> {
        self.queue.lock().unwrap().pop_front()
    }
}

impl Task {
    fn push(self: Arc<Self>) {
        if let Some(queue) = self.queue.upgrade() {
            queue.lock().unwrap().push_back(self);
        }
    }

    fn run(self: Arc<Self>) {
        self.is_woken.store(false, Ordering::SeqCst);
        let waker = Waker::from(Arc::clone(&self));
        let mut slot = self.future.lock().unwrap();
        let Some(future) = &mut *slot else { return };
        if future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            *slot = None;
        }
        drop(slot);
        if self.is_woken.swap(false, Ordering::SeqCst) {
            self.push();
        } else {
            self.is_busy.store(false, Ordering::SeqCst);
        }
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if self.is_busy.swap(true, Ordering::SeqCst) {
            self.is_woken.store(true, Ordering::SeqCst);
        } else {
            self.push();
        }
    }
}
