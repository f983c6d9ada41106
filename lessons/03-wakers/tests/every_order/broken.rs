//! Variants with one mistake each. The explorer must find an order in which it shows.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::atomic::{AtomicBool, Ordering::SeqCst};
use crate::sync::{Condvar, Mutex};
use crate::thread::{self, Thread};

// ANCHOR: looks-first
/// A slot whose receiver looks for the value, releases the lock, and registers its waker
/// afterwards.
#[derive(Default)]
pub struct LooksFirst {
    value: Mutex<Option<u32>>,
    waker: Mutex<Option<Waker>>,
}

impl LooksFirst {
    pub fn send(&self, value: u32) {
        *self.value.lock().unwrap() = Some(value);
        self.wake();
    }

    pub fn wake_and_then_send(&self, value: u32) {
        self.wake();
        *self.value.lock().unwrap() = Some(value);
    }

    pub fn receive(&self) -> impl Future<Output = u32> {
        poll_fn(|cx| {
            if let Some(value) = self.value.lock().unwrap().take() {
                return Poll::Ready(value);
            }
            *self.waker.lock().unwrap() = Some(cx.waker().clone());
            Poll::Pending
        })
    }

    fn wake(&self) {
        let waker = self.waker.lock().unwrap().take();
        waker.into_iter().for_each(Waker::wake);
    }
}
// ANCHOR_END: looks-first

struct Bell(Mutex<()>, Condvar);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        let _lock = self.0.lock().unwrap();
        self.1.notify_one();
    }
}

/// Waits for a condition variable with nothing beside it that says whether it has rung already.
pub fn block_on_bell<F: Future>(future: F) -> F::Output {
    let bell = Arc::new(Bell(Mutex::new(()), Condvar::new()));
    let waker = Waker::from(Arc::clone(&bell));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        let quiet = bell.0.lock().unwrap();
        drop(bell.1.wait(quiet).unwrap());
    }
}

struct Flag(Thread, AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.1.store(true, SeqCst);
        self.0.unpark();
    }
}

/// Lowers its flag between the poll and the sleep: a wake during the poll goes with it.
pub fn block_on_late_flag<F: Future>(future: F) -> F::Output {
    let flag = Arc::new(Flag(thread::current(), AtomicBool::new(false)));
    let waker = Waker::from(Arc::clone(&flag));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        flag.1.store(false, SeqCst);
        while !flag.1.load(SeqCst) {
            thread::park();
        }
    }
}
