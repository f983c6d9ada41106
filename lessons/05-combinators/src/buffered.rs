//! Many futures, a few at a time, and their values in order.

use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::iter::Fuse;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::unordered::Unordered;

/// Runs the futures of an iterator, at most `limit` of them at the same time, and gives their
/// values in the iterator's order.
///
/// A future counts from the moment at which it is taken from the iterator until its value is handed
/// out: a slow one at the front holds up those behind it, and no more than `limit` values wait.
/// The iterator is asked for one only when there is room for it.
///
/// The futures are polled only while somebody polls [`next`](Buffered::next): while the body of a
/// loop around it awaits something else, all of them stand still.
///
/// *Cancellation:* dropping it drops the futures that have begun, their values, and the iterator.
///
/// # Panics
///
/// If `limit` is 0: nothing would ever begin.
///
/// ```
/// use combinators::buffered;
/// use futures_by_hand::{countdown, poll_until_ready};
///
/// let mut values = buffered(2, [3, 1, 2].into_iter().map(countdown));
/// let (values, _polls) = poll_until_ready(async {
///     [values.next().await, values.next().await, values.next().await, values.next().await]
/// });
/// assert_eq!(values, [Some(3), Some(1), Some(2), None]);
/// ```
pub fn buffered<I>(limit: usize, futures: I) -> Buffered<I::IntoIter>
where
    I: IntoIterator<Item: Future>,
{
    assert!(limit > 0, "with a limit of 0, no future would ever begin");
    Buffered {
        waiting: futures.into_iter().fuse(),
        running: Unordered::new(),
        ready: BTreeMap::new(),
        begun: 0,
        handed_out: 0,
        limit: limit as u64,
    }
}

// ANCHOR: buffered
/// What [`buffered`] returns.
pub struct Buffered<I: Iterator<Item: Future>> {
    waiting: Fuse<I>,
    running: Unordered<Numbered<I::Item>>,
    /// Values whose turn has not come yet.
    ready: BTreeMap<u64, <I::Item as Future>::Output>,
    begun: u64,
    handed_out: u64,
    limit: u64,
}

impl<I: Iterator<Item: Future>> Buffered<I> {
    /// Waits for the next value; `None` when all have been handed out.
    ///
    /// *Cancellation:* dropping the future loses nothing, and keeps no waker.
    ///
    /// # Panics
    ///
    /// `poll` panics where the iterator or one of the futures does. In the latter case the value
    /// never comes, and a later `next` that waits for it panics as well.
    pub async fn next(&mut self) -> Option<<I::Item as Future>::Output> {
        let wait = Wait(self);
        poll_fn(|cx| wait.0.poll_next(cx)).await
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<<I::Item as Future>::Output>> {
        self.fill();
        loop {
            if let Some(value) = self.ready.remove(&self.handed_out) {
                self.handed_out += 1;
                return Poll::Ready(Some(value));
            }
            match self.running.poll_next(cx) {
                Poll::Ready(Some((number, value))) => self.ready.insert(number, value),
                Poll::Ready(None) => {
                    assert_eq!(self.begun, self.handed_out, "a future has panicked");
                    return Poll::Ready(None);
                }
                Poll::Pending => return Poll::Pending,
            };
        }
    }

    /// Begins as many as there is room for.
    fn fill(&mut self) {
        while self.begun - self.handed_out < self.limit
            && let Some(future) = self.waiting.next()
        {
            self.running.push(Numbered { number: self.begun, future });
            self.begun += 1;
        }
    }
}

/// A call of [`Buffered::next`]. When it is over, the set has no more use for its waker.
struct Wait<'a, I: Iterator<Item: Future>>(&'a mut Buffered<I>);

impl<I: Iterator<Item: Future>> Drop for Wait<'_, I> {
    fn drop(&mut self) {
        self.0.running.forget_task();
    }
}

pin_project! {
    /// A future that remembers its place.
    struct Numbered<F> {
        number: u64,
        #[pin]
        future: F,
    }
}

impl<F: Future> Future for Numbered<F> {
    type Output = (u64, F::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        this.future.poll(cx).map(|value| (*this.number, value))
    }
}
// ANCHOR_END: buffered

/// The futures are pinned in the set, and nothing else is ever pinned.
impl<I: Iterator<Item: Future>> Unpin for Buffered<I> {}

impl<I: Iterator<Item: Future>> fmt::Debug for Buffered<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffered")
            .field("limit", &self.limit)
            .field("begun", &self.begun)
            .field("handed_out", &self.handed_out)
            .finish()
    }
}
