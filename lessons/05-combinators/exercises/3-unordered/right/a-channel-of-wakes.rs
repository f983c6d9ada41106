//! Right: the notes travel through a channel of threads. Notes that are there twice are sorted out
//!   before the polls.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::mpsc::{Receiver, Sender, channel};
use crate::sync::{Arc, Mutex};

struct Child {
    key: u32,
    notes: Mutex<Sender<u32>>,
    task: Arc<Mutex<Option<Waker>>>,
}

impl Wake for Child {
    fn wake(self: Arc<Self>) {
        // An error says that the set is gone.
        let sent = self.notes.lock().unwrap().send(self.key);
        let task = self.task.lock().unwrap().take();
        if let (Ok(()), Some(task)) = (sent, task) {
            task.wake();
        }
    }
}

pub struct Unordered<F> {
    children: BTreeMap<u32, (Pin<Box<F>>, Waker)>,
    pushed: u32,
    to_poll: BTreeSet<u32>,
    sender: Sender<u32>,
    receiver: Receiver<u32>,
    task: Arc<Mutex<Option<Waker>>>,
}

impl<F: Future> Unordered<F> {
    pub fn new() -> Self {
        let (sender, receiver) = channel();
        let (children, to_poll) = (BTreeMap::new(), BTreeSet::new());
        Self { children, pushed: 0, to_poll, sender, receiver, task: Arc::default() }
    }

    pub fn push(&mut self, future: F) {
        let (notes, task) = (Mutex::new(self.sender.clone()), Arc::clone(&self.task));
        let waker = Waker::from(Arc::new(Child { key: self.pushed, notes, task }));
        self.children.insert(self.pushed, (Box::pin(future), waker));
        self.to_poll.insert(self.pushed);
        self.pushed += 1;
    }

    pub fn next(&mut self) -> Next<'_, F> {
        Next { set: self }
    }
}

/// A future of its own instead of `poll_fn`.
pub struct Next<'a, F> {
    set: &'a mut Unordered<F>,
}

impl<F: Future> Future for Next<'_, F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let set = &mut *self.set;
        *set.task.lock().unwrap() = Some(cx.waker().clone());
        while let Ok(key) = set.receiver.try_recv() {
            set.to_poll.insert(key);
        }
        while let Some(key) = set.to_poll.pop_first() {
            let Some((future, waker)) = set.children.get_mut(&key) else { continue };
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(waker)) {
                set.children.remove(&key);
                return Poll::Ready(Some(output));
            }
        }
        if set.children.is_empty() { Poll::Ready(None) } else { Poll::Pending }
    }
}
