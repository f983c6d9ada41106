//! The heart of an executor: tasks, a queue of those that can go on, and wakers that put them
//! there.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Wake, Waker};

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

/// A future, and what it takes to put it into the queue. A suggestion: change it if you like.
struct Task {
    /// `None` once the task is over.
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    /// Whether the task stands in the queue.
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
        todo!("make a task, and put it into the queue")
    }

    /// Gives each task in the queue its turn, until no task can go on.
    pub fn run_until_idle(&self) {
        todo!(
            "take the first task, poll it with a waker of its own, and so on until the queue is empty"
        )
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        todo!("put the task into the queue, unless it stands there already")
    }
}
