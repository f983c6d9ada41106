//! Right: a task counts its wakes instead of having a mark. Whoever wakes first queues it; after
//!   the poll, those that the poll may have answered are taken off, and if others have come, the
//!   executor queues it again.

//! The heart of an executor: tasks, a queue of those that can go on, and wakers that put them
//! there.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Wake, Waker};

use crate::sync::Mutex;
use crate::sync::atomic::{AtomicUsize, Ordering};

/// The tasks that can go on.
type Queue = Mutex<VecDeque<Arc<Task>>>;

/// Runs tasks, on the thread that calls `run_until_idle`. A clone is the same executor: with it,
/// tasks start tasks.
#[derive(Clone)]
pub struct Executor {
    queue: Arc<Queue>,
}

/// A future, and what it takes to put it into the queue.
struct Task {
    /// `None` once the task is over.
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    /// How many wakes no poll has answered yet. Whoever counts the first puts the task into the
    /// queue.
    wakes: AtomicUsize,
    /// The queue owns its tasks, and not the other way round: otherwise neither would ever be
    /// freed.
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
            wakes: AtomicUsize::new(1),
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

    /// The first task of the queue. A function of its own, so that the lock is released before the
    /// task runs.
    fn next(&self) -> Option<Arc<Task>> {
        self.queue.lock().unwrap().pop_front()
    }
}

impl Task {
    fn run(self: Arc<Self>) {
        let seen = self.wakes.load(Ordering::SeqCst);
        let waker = Waker::from(Arc::clone(&self));
        let mut slot = self.future.lock().unwrap();
        let Some(future) = &mut *slot else { return };
        if future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            *slot = None;
            return;
        }
        drop(slot);
        if self.wakes.fetch_sub(seen, Ordering::SeqCst) > seen
            && let Some(queue) = self.queue.upgrade()
        {
            queue.lock().unwrap().push_back(Arc::clone(&self));
        }
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if self.wakes.fetch_add(1, Ordering::SeqCst) > 0 {
            return;
        }
        if let Some(queue) = self.queue.upgrade() {
            queue.lock().unwrap().push_back(self);
        }
    }
}
