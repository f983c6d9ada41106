//! Right: the queue is a channel: a wake sends the task, and the executor receives.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::mpsc::{Receiver, Sender, channel};

#[derive(Clone)]
pub struct Executor {
    wakes: Sender<Arc<Task>>,
    woken: Arc<Mutex<Receiver<Arc<Task>>>>,
}

struct Task {
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    is_sent: AtomicBool,
    wakes: Mutex<Sender<Arc<Task>>>,
}

impl Executor {
    pub fn new() -> Self {
        let (wakes, woken) = channel();
        Self { wakes, woken: Arc::new(Mutex::new(woken)) }
    }

    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        let future: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(future);
        let task = Task {
            future: Mutex::new(Some(future)),
            is_sent: AtomicBool::new(false),
            wakes: Mutex::new(self.wakes.clone()),
        };
        Arc::new(task).wake();
    }

    pub fn run_until_idle(&self) {
        loop {
            let next = self.woken.lock().unwrap().try_recv();
            let Ok(task) = next else { return };
            task.is_sent.store(false, Ordering::SeqCst);
            let waker = Waker::from(task.clone());
            let mut slot = task.future.lock().unwrap();
            *slot = slot.take().and_then(|mut future| {
                let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
                polled.is_pending().then_some(future)
            });
        }
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_sent.swap(true, Ordering::SeqCst) {
            let _ = self.wakes.lock().unwrap().send(self.clone());
        }
    }
}
