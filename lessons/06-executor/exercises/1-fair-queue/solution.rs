//! The heart of an executor: tasks, a queue of those that can go on, and wakers that put them
//! there.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Wake, Waker};

use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, Ordering};

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
    /// Whether the task stands in the queue. Whoever raises it puts the task there.
    is_queued: AtomicBool,
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
            is_queued: AtomicBool::new(true),
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
        // Lowered before the poll: a wake that comes from here on queues the task again. A swap,
        // because it reads, too: the poll sees what was written before a wake that found the mark
        // raised.
        self.is_queued.swap(false, Ordering::SeqCst);
        let waker = Waker::from(Arc::clone(&self));
        let mut slot = self.future.lock().unwrap();
        let Some(future) = &mut *slot else { return };
        if future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            *slot = None;
        }
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        // One step: of two who wake at the same moment, one finds it lowered.
        if self.is_queued.swap(true, Ordering::SeqCst) {
            return;
        }
        if let Some(queue) = self.queue.upgrade() {
            queue.lock().unwrap().push_back(self);
        }
    }
}
