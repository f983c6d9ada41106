//! A set of futures that polls only those that were woken.

use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::ready_list::{Bell, ReadyList};

/// A set of futures that gives their values in the order in which they get ready.
///
/// Each child has a waker of its own. A wake puts the child into a list and wakes the task that
/// waits for the set; the set polls the children in the list, and no others. `n` futures that are
/// woken one after the other are polled `2 * n` times.
///
/// A child is polled only while somebody polls the set: between two calls of
/// [`next`](Unordered::next), all of them stand still.
///
/// The wakers may be called from any thread, at any time: during the child's poll (it is polled
/// once more), after the child is ready or the set is dropped (nothing happens).
///
/// *Memory:* each child costs two allocations, one for the future and one for its waker, and its
/// share of a map.
///
/// *Cancellation:* dropping the set drops the children that are left, the oldest first. A child
/// that panics is dropped, and the others are still there.
///
/// ```
/// use combinators::Unordered;
/// use futures_by_hand::{countdown, poll_until_ready};
///
/// let mut set: Unordered<_> = [3, 1, 2].into_iter().map(countdown).collect();
/// let (values, _polls) = poll_until_ready(async {
///     let mut values = Vec::new();
///     while let Some(value) = set.next().await {
///         values.push(value);
///     }
///     values
/// });
/// assert_eq!(values, [1, 2, 3]);
/// ```
// ANCHOR: unordered
pub struct Unordered<F> {
    /// By a number that is never used again: a late wake cannot hit a newcomer.
    children: BTreeMap<u64, Child<F>>,
    next_key: u64,
    ready: Arc<ReadyList>,
}

struct Child<F> {
    future: Pin<Box<F>>,
    bell: Arc<Bell>,
    /// The same bell, as a waker.
    waker: Waker,
}
// ANCHOR_END: unordered

impl<F: Future> Unordered<F> {
    /// An empty set.
    pub fn new() -> Self {
        Self { children: BTreeMap::new(), next_key: 0, ready: Arc::default() }
    }

    /// How many futures are in the set.
    pub fn len(&self) -> usize {
        self.children.len()
    }

    /// Whether no future is in the set.
    pub fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// Puts a future into the set. It is not polled before the set is.
    ///
    /// If a task waits for the set, it is woken.
    // ANCHOR: push
    pub fn push(&mut self, future: F) {
        let key = self.next_key;
        self.next_key += 1;
        let bell = Arc::new(Bell::new(key, &self.ready));
        let waker = Waker::from(Arc::clone(&bell));
        let child = Child { future: Box::pin(future), bell: Arc::clone(&bell), waker };
        self.children.insert(key, child);
        // The first poll is due without a wake.
        bell.ring();
    }
    // ANCHOR_END: push

    /// Waits for the next value, whoever has it; `None` if the set is empty.
    ///
    /// *Cancellation:* dropping the future loses nothing; the children stay in the set, and stand
    /// still until the next call. The waker of the waiting task is dropped with it. To wait without
    /// a future that lasts, in a `poll` by hand, use [`poll_next`](Unordered::poll_next).
    ///
    /// # Panics
    ///
    /// `poll` panics where a child does.
    #[allow(
        clippy::should_implement_trait,
        reason = "streams have a `next` everywhere, and it is awaited"
    )]
    pub fn next(&mut self) -> impl Future<Output = Option<F::Output>> + Unpin {
        let mut wait = Wait { set: self, is_pending: false };
        poll_fn(move |cx| wait.poll(cx))
    }

    /// What [`next`](Unordered::next) does at each poll. The set keeps the waker of the last call
    /// until a child is woken.
    ///
    /// One call polls at most one child more than there are. Children that wake themselves again
    /// and again do not keep the thread; the task is woken, and they have their turn at its next
    /// poll.
    ///
    /// # Panics
    ///
    /// Where a child does.
    // ANCHOR: poll-next
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        if self.children.is_empty() {
            return Poll::Ready(None);
        }
        for _ in 0..=self.children.len() {
            let Some(key) = self.ready.pop_or_register(cx.waker()) else {
                return Poll::Pending;
            };
            // It may be gone: a child can wake itself in the poll in which it gets ready.
            let Some(mut child) = self.children.remove(&key) else { continue };
            child.bell.lower();
            let mut its_own = Context::from_waker(&child.waker);
            if let Poll::Ready(value) = child.future.as_mut().poll(&mut its_own) {
                child.bell.retire();
                return Poll::Ready(Some(value));
            }
            // Put back only now: a child that panics is gone.
            self.children.insert(key, child);
        }
        // There may be more to do, but others must get the thread as well.
        cx.waker().wake_by_ref();
        Poll::Pending
    }
    // ANCHOR_END: poll-next

    /// Drops the waker of the task that waits.
    pub(crate) fn forget_task(&self) {
        self.ready.deregister();
    }
}

/// What [`Unordered::next`] waits with.
struct Wait<'a, F: Future> {
    set: &'a mut Unordered<F>,
    /// Whether the waker in the set is this wait's.
    is_pending: bool,
}

impl<F: Future> Wait<'_, F> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let polled = self.set.poll_next(cx);
        self.is_pending = polled.is_pending();
        polled
    }
}

impl<F: Future> Drop for Wait<'_, F> {
    fn drop(&mut self) {
        if self.is_pending {
            self.set.forget_task();
        }
    }
}

impl<F: Future> Default for Unordered<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F: Future> Extend<F> for Unordered<F> {
    fn extend<I: IntoIterator<Item = F>>(&mut self, futures: I) {
        futures.into_iter().for_each(|future| self.push(future));
    }
}

impl<F: Future> FromIterator<F> for Unordered<F> {
    fn from_iter<I: IntoIterator<Item = F>>(futures: I) -> Self {
        let mut set = Self::new();
        set.extend(futures);
        set
    }
}

impl<F> fmt::Debug for Unordered<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unordered").field("len", &self.children.len()).finish()
    }
}
