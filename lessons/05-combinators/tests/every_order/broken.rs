//! A set of one child, with one mistake. The explorer must find an order in which it shows.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::Mutex;
use crate::sync::atomic::{AtomicBool, Ordering::SeqCst};

// ANCHOR: mistakes
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// None: the same set, as it should be.
    None,
    /// The flag is lowered when the child has been polled: a wake during the poll goes with it.
    LowersAfterThePoll,
    /// The task finds the list empty, releases the lock, and leaves its waker afterwards.
    LooksThenRegisters,
    /// The task is woken first, and looks at a list in which the child does not stand yet.
    WakesThenPushes,
}
// ANCHOR_END: mistakes

/// What is rung: the child's flag, the list (the child stands in it or not), and the task.
struct Bell {
    mistake: Mistake,
    rung: AtomicBool,
    is_listed: Mutex<bool>,
    task: Mutex<Option<Waker>>,
}

impl Bell {
    fn push(&self) {
        *self.is_listed.lock().unwrap() = true;
    }

    fn wake_task(&self) {
        let task = self.task.lock().unwrap().take();
        task.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        if self.rung.swap(true, SeqCst) {
            return;
        }
        if self.mistake == Mistake::WakesThenPushes {
            self.wake_task();
            self.push();
        } else {
            self.push();
            self.wake_task();
        }
    }
}

/// A set with one child. As a future, it is ready when the child is.
pub struct OneChild<F> {
    child: F,
    bell: Arc<Bell>,
}

impl<F: Future + Unpin> OneChild<F> {
    pub fn new(child: F, mistake: Mistake) -> Self {
        let bell = Bell {
            mistake,
            rung: AtomicBool::new(true),
            is_listed: Mutex::new(true),
            task: Mutex::new(None),
        };
        Self { child, bell: Arc::new(bell) }
    }

    fn register(&self, waker: &Waker) {
        *self.bell.task.lock().unwrap() = Some(waker.clone());
    }

    fn take_listed(&self) -> bool {
        std::mem::take(&mut *self.bell.is_listed.lock().unwrap())
    }

    fn poll_child(&mut self) -> Poll<F::Output> {
        let lowers_late = self.bell.mistake == Mistake::LowersAfterThePoll;
        if !lowers_late {
            self.bell.rung.store(false, SeqCst);
        }
        let waker = Waker::from(Arc::clone(&self.bell));
        let state = Pin::new(&mut self.child).poll(&mut Context::from_waker(&waker));
        if lowers_late {
            self.bell.rung.store(false, SeqCst);
        }
        state
    }
}

impl<F: Future + Unpin> Future for OneChild<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let registers_late = self.bell.mistake == Mistake::LooksThenRegisters;
        if !registers_late {
            self.register(cx.waker());
        }
        while self.take_listed() {
            if let Poll::Ready(value) = self.poll_child() {
                return Poll::Ready(value);
            }
        }
        if registers_late {
            self.register(cx.waker());
        }
        Poll::Pending
    }
}
