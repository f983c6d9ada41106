//! Right: a condition variable beside a number that only grows; the future is in a box.

use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::{Condvar, Mutex};

struct Wakes {
    count: Mutex<u64>,
    changed: Condvar,
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        *self.count.lock().unwrap() += 1;
        self.changed.notify_all();
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let wakes = Arc::new(Wakes { count: Mutex::new(0), changed: Condvar::new() });
    let waker = Waker::from(Arc::clone(&wakes));
    let mut future = Box::pin(future);
    let mut seen = 0;
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        let mut count = wakes.count.lock().unwrap();
        while *count == seen {
            count = wakes.changed.wait(count).unwrap();
        }
        seen = *count;
    }
}
