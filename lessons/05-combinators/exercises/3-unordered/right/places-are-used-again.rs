//! Right: a child has a state of its own, asleep, due or over. There is no list, and places of
//!   finished children are used again.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::Mutex;
use crate::sync::atomic::{AtomicU8, Ordering};

const ASLEEP: u8 = 0;
const DUE: u8 = 1;
const OVER: u8 = 2;

/// One child's state, and where to find the task. There is no list.
struct Bell {
    state: AtomicU8,
    task: Arc<Mutex<Option<Waker>>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.state.compare_exchange(ASLEEP, DUE, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
            let task = self.task.lock().unwrap().clone();
            task.into_iter().for_each(Waker::wake);
        }
    }
}

/// Futures that run at the same time.
pub struct Unordered<F: Future> {
    /// A place is used again.
    slots: Vec<Option<(Pin<Box<F>>, Arc<Bell>)>>,
    /// Where the next round begins.
    from: usize,
    task: Arc<Mutex<Option<Waker>>>,
}

impl<F: Future> Unordered<F> {
    /// A set with nobody in it.
    pub fn new() -> Self {
        Self { slots: Vec::new(), from: 0, task: Arc::new(Mutex::new(None)) }
    }

    /// Adds a future. It gets its first poll in `next`.
    pub fn push(&mut self, future: F) {
        let bell = Arc::new(Bell { state: AtomicU8::new(DUE), task: Arc::clone(&self.task) });
        let child = Some((Box::pin(future), bell));
        match self.slots.iter_mut().find(|slot| slot.is_none()) {
            Some(slot) => *slot = child,
            None => self.slots.push(child),
        }
    }

    /// Waits for the next output, in the order in which they come, or returns `None` if there is no
    /// child any more.
    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> {
        poll_fn(|cx| self.poll_next(cx))
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        *self.task.lock().unwrap() = Some(cx.waker().clone());
        let count = self.slots.len();
        for step in 0..count {
            let i = (self.from + step) % count;
            let Some((child, bell)) = &mut self.slots[i] else { continue };
            if bell.state.compare_exchange(DUE, ASLEEP, Ordering::SeqCst, Ordering::SeqCst).is_err()
            {
                continue;
            }
            let waker = Waker::from(Arc::clone(bell));
            if let Poll::Ready(output) = child.as_mut().poll(&mut Context::from_waker(&waker)) {
                bell.state.store(OVER, Ordering::SeqCst);
                self.slots[i] = None;
                self.from = i + 1;
                return Poll::Ready(Some(output));
            }
        }
        if self.slots.iter().all(Option::is_none) { Poll::Ready(None) } else { Poll::Pending }
    }
}
