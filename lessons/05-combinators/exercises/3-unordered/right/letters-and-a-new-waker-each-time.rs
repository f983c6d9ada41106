//! Right: wakes are letters in a vector, unsorted. What is due is noted in the set, and each poll
//!   makes a new waker.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::Mutex;

/// What a call does, beside the task's waker: the letters that were written, twice or for the dead,
/// too.
#[derive(Default)]
struct Post {
    letters: Vec<u64>,
    task: Option<Waker>,
}

struct Writer {
    id: u64,
    /// Weak: the set may be gone.
    post: Weak<Mutex<Post>>,
}

impl Wake for Writer {
    fn wake(self: Arc<Self>) {
        let Some(post) = self.post.upgrade() else { return };
        let mut post = post.lock().unwrap();
        post.letters.push(self.id);
        let task = post.task.clone();
        drop(post);
        if let Some(task) = task {
            task.wake_by_ref();
        }
    }
}

struct Child<F> {
    id: u64,
    due: bool,
    future: Pin<Box<F>>,
}

/// Futures that run at the same time.
pub struct Unordered<F: Future> {
    children: VecDeque<Child<F>>,
    pushed: u64,
    post: Arc<Mutex<Post>>,
}

impl<F: Future> Unordered<F> {
    /// A set with nobody in it.
    pub fn new() -> Self {
        Self { children: VecDeque::new(), pushed: 0, post: Arc::default() }
    }

    /// Adds a future. It gets its first poll in `next`.
    pub fn push(&mut self, future: F) {
        self.pushed += 1;
        self.children.push_front(Child { id: self.pushed, due: true, future: Box::pin(future) });
    }

    /// Waits for the next output, in the order in which they come, or returns `None` if there is no
    /// child any more.
    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> {
        poll_fn(|cx| {
            let letters = {
                let mut post = self.post.lock().unwrap();
                post.task = Some(cx.waker().clone());
                std::mem::take(&mut post.letters)
            };
            // Due is known to the set alone: nobody else writes it.
            for child in &mut self.children {
                child.due |= letters.contains(&child.id);
            }
            for _ in 0..self.children.len() {
                let mut child = self.children.pop_front().unwrap();
                if std::mem::take(&mut child.due) {
                    // A waker for this poll alone.
                    let writer =
                        Arc::new(Writer { id: child.id, post: Arc::downgrade(&self.post) });
                    let waker = Waker::from(writer);
                    if let Poll::Ready(output) =
                        child.future.as_mut().poll(&mut Context::from_waker(&waker))
                    {
                        return Poll::Ready(Some(output));
                    }
                }
                self.children.push_back(child);
            }
            if self.children.is_empty() { Poll::Ready(None) } else { Poll::Pending }
        })
    }
}
