//! Right: one state under one lock says where a task is, and the future is taken out of it for the
//!   poll. A wake during the poll is a state of its own, and the executor queues the task again
//!   when the poll is over.

use std::collections::VecDeque;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Wake, Waker};

use crate::sync::Mutex;

type BoxFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

enum State {
    Waits(BoxFuture),
    Queued(BoxFuture),
    Polled,
    PolledAndWoken,
    Over,
}

struct Task {
    state: Mutex<State>,
    queue: Weak<Mutex<VecDeque<Arc<Task>>>>,
}

#[derive(Clone, Default)]
pub struct Executor(Arc<Mutex<VecDeque<Arc<Task>>>>);

impl Executor {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        let state = Mutex::new(State::Queued(Box::pin(future)));
        let task = Arc::new(Task { state, queue: Arc::downgrade(&self.0) });
        self.0.lock().unwrap().push_back(task);
    }

    pub fn run_until_idle(&self) {
        loop {
            // The whole queue at once: those who come meanwhile come after these.
            let turn = mem::take(&mut *self.0.lock().unwrap());
            if turn.is_empty() {
                return;
            }
            turn.into_iter().for_each(Task::turn);
        }
    }
}

impl Task {
    fn queue_up(self: Arc<Self>) {
        if let Some(queue) = self.queue.upgrade() {
            queue.lock().unwrap().push_back(self);
        }
    }

    fn turn(self: Arc<Self>) {
        let before = mem::replace(&mut *self.state.lock().unwrap(), State::Polled);
        let State::Queued(mut future) = before else {
            unreachable!("the queue holds queued tasks")
        };
        let waker = Waker::from(self.clone());
        if future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            *self.state.lock().unwrap() = State::Over;
            return;
        }
        let mut state = self.state.lock().unwrap();
        match *state {
            State::PolledAndWoken => {
                *state = State::Queued(future);
                drop(state);
                self.clone().queue_up();
            }
            _ => *state = State::Waits(future),
        }
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        let mut state = self.state.lock().unwrap();
        let (next, is_to_be_queued) = match mem::replace(&mut *state, State::Over) {
            State::Waits(future) => (State::Queued(future), true),
            State::Polled => (State::PolledAndWoken, false),
            other => (other, false),
        };
        *state = next;
        drop(state);
        if is_to_be_queued {
            self.queue_up();
        }
    }
}
