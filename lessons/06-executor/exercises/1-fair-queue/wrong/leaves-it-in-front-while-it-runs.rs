//! Wrong: looks in the queue whether a task stands there, and takes it out only when its poll is
//!   over.
//! Caught by: `a_wake_during_its_own_poll_is_not_lost`
//! Because: standing in the queue is the mark, and it is still there during the poll. A wake that
//!   comes then finds the task in front and does nothing, and then it is taken out.
//! Says: the wake that came during the poll is lost

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Wake, Waker};

use crate::sync::Mutex;

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
            queue: Arc::downgrade(&self.queue),
        });
        self.queue.lock().unwrap().push_back(task);
    }

    /// Gives each task in the queue its turn, until no task can go on.
    pub fn run_until_idle(&self) {
        while let Some(task) = self.first() {
            let waker = Waker::from(Arc::clone(&task));
            let mut slot = task.future.lock().unwrap();
            let mut cx = Context::from_waker(&waker);
            if slot.as_mut().is_some_and(|future| future.as_mut().poll(&mut cx).is_ready()) {
                *slot = None;
            }
            self.queue.lock().unwrap().pop_front();
        }
    }

    fn first(&self) -> Option<Arc<Task>> {
        self.queue.lock().unwrap().front().cloned()
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let Some(queue) = self.queue.upgrade() else { return };
        let mut queue = queue.lock().unwrap();
        if !queue.iter().any(|queued| Arc::ptr_eq(queued, &self)) {
            queue.push_back(self);
        }
    }
}
