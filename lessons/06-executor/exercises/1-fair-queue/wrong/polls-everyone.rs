//! Wrong: has one waker for all: a wake says that somebody can go on, and every task is polled.
//! Caught by: `woken_tasks_run_in_the_order_of_the_wakes`
//! Because: one wake costs as many polls as there are tasks. With 10,000 connections, each byte
//!   that arrives polls 10,000 tasks.
//! Says: `d` was polled for nothing

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, Ordering};

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs tasks, on the thread that calls `run_until_idle`. A clone is the same executor: with it,
/// tasks start tasks.
#[derive(Clone)]
pub struct Executor {
    tasks: Arc<Mutex<Vec<Task>>>,
    somebody: Arc<Somebody>,
}

/// Whether somebody can go on.
struct Somebody(AtomicBool);

impl Executor {
    /// Makes an executor without tasks.
    pub fn new() -> Self {
        Self { tasks: Arc::default(), somebody: Arc::new(Somebody(AtomicBool::new(false))) }
    }

    /// Makes a task of `future`, and puts it at the end of the list.
    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.tasks.lock().unwrap().push(Box::pin(future));
        self.somebody.wake_by_ref();
    }

    /// Polls every task, as long as somebody can go on.
    pub fn run_until_idle(&self) {
        let waker = Waker::from(Arc::clone(&self.somebody));
        while self.somebody.0.swap(false, Ordering::SeqCst) {
            let tasks = std::mem::take(&mut *self.tasks.lock().unwrap());
            for mut task in tasks {
                if task.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
                    self.tasks.lock().unwrap().push(task);
                }
            }
        }
    }
}

impl Wake for Somebody {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}
