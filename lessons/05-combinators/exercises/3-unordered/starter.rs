//! A set of futures that hands out their outputs as they get ready.

use std::collections::{BTreeMap, BTreeSet};
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::{Arc, Mutex};

/// What the set shares with the wakers of its children. The fields are a suggestion: change them if
/// you like.
#[derive(Default)]
struct Calls {
    /// The keys of the children that are to be polled: they were woken, and have not been polled
    /// since.
    woken: BTreeSet<usize>,
    /// Whom to call when a child was woken: the task that polled the set last.
    task: Option<Waker>,
}

/// The waker of one child.
struct ChildWaker {
    key: usize,
    calls: Arc<Mutex<Calls>>,
}

impl Wake for ChildWaker {
    fn wake(self: Arc<Self>) {
        todo!("note which child was woken, and call the task")
    }
}

/// A future, and the waker that it is polled with.
struct Child<F> {
    future: Pin<Box<F>>,
    waker: Waker,
}

/// Futures that run at the same time.
pub struct Unordered<F: Future> {
    /// Those that are not finished. A key is used once.
    children: BTreeMap<usize, Child<F>>,
    next_key: usize,
    calls: Arc<Mutex<Calls>>,
}

impl<F: Future> Unordered<F> {
    /// A set with nobody in it.
    pub fn new() -> Self {
        Self { children: BTreeMap::new(), next_key: 0, calls: Arc::default() }
    }

    /// Adds a future. It gets its first poll in `next`.
    pub fn push(&mut self, future: F) {
        todo!(
            "give it a key and a waker of its own. Nobody has woken it yet: why should it be polled?"
        )
    }

    /// Waits for the next output, in the order in which they come, or returns `None` if there is no
    /// child any more.
    ///
    /// *Cancellation:* what it knows is kept in the set, so that nothing is lost if it is dropped.
    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> {
        poll_fn(|cx| self.poll_next(cx))
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        todo!("poll those that were woken, each with its own waker, until one is ready")
    }
}
