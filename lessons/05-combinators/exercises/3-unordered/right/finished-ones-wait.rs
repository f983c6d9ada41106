//! Right: each poll polls all that were woken, and outputs that nobody has asked for yet wait in a
//!   queue. The children are trait objects.

use std::collections::{HashMap, HashSet, VecDeque};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::{Arc, Mutex};

struct Caller {
    number: u64,
    notes: Arc<Mutex<(HashSet<u64>, Option<Waker>)>>,
}

impl Wake for Caller {
    fn wake(self: Arc<Self>) {
        let mut notes = self.notes.lock().unwrap();
        notes.0.insert(self.number);
        // Under the lock, and once for each poll: the task comes, and takes all notes.
        if let Some(task) = notes.1.take() {
            task.wake();
        }
    }
}

pub struct Unordered<F: Future> {
    children: HashMap<u64, Pin<Box<dyn Future<Output = F::Output>>>>,
    outputs: VecDeque<F::Output>,
    pushed: u64,
    notes: Arc<Mutex<(HashSet<u64>, Option<Waker>)>>,
}

impl<F: Future + 'static> Unordered<F> {
    pub fn new() -> Self {
        let (children, outputs) = (HashMap::new(), VecDeque::new());
        Self { children, outputs, pushed: 0, notes: Arc::default() }
    }

    pub fn push(&mut self, future: F) {
        self.pushed += 1;
        self.children.insert(self.pushed, Box::pin(future));
        self.notes.lock().unwrap().0.insert(self.pushed);
    }

    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> {
        poll_fn(|cx| {
            if let Some(output) = self.outputs.pop_front() {
                return Poll::Ready(Some(output));
            }
            let mut notes = self.notes.lock().unwrap();
            notes.1 = Some(cx.waker().clone());
            let mut woken: Vec<_> = notes.0.drain().collect();
            drop(notes);
            woken.sort_unstable();
            for number in woken {
                let Some(child) = self.children.get_mut(&number) else { continue };
                let notes = Arc::clone(&self.notes);
                let waker = Waker::from(Arc::new(Caller { number, notes }));
                if let Poll::Ready(output) = child.as_mut().poll(&mut Context::from_waker(&waker)) {
                    self.children.remove(&number);
                    self.outputs.push_back(output);
                }
            }
            match self.outputs.pop_front() {
                None if !self.children.is_empty() => Poll::Pending,
                output => Poll::Ready(output),
            }
        })
    }
}
