//! Waiting for any number of futures at once, in the simplest way.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for all futures at the same time, and gives their values in the order of the futures.
///
/// Each poll polls every future that is not ready yet, in order. That is simple, and dear where
/// there are many: `n` futures that are woken one after the other are polled about `n * n / 2`
/// times. [`Unordered`](crate::Unordered) polls only those that were woken.
///
/// A future that is ready is dropped at once. Without futures it is ready at the first poll, with
/// an empty vector.
///
/// *Cancellation:* dropping it drops the futures that are left, and the values of the others.
///
/// # Panics
///
/// `poll` panics where a future does, and when it is called again after `Ready`.
///
/// ```
/// use combinators::join_all;
/// use futures_by_hand::{countdown, poll_until_ready};
///
/// let all = join_all([3, 1, 2].map(countdown));
/// assert_eq!(poll_until_ready(all), (vec![3, 1, 2], 4));
/// ```
// ANCHOR: join-all
pub fn join_all<I>(futures: I) -> JoinAll<I::Item>
where
    I: IntoIterator<Item: Future>,
{
    let children = futures.into_iter().map(|future| Child::Waiting(Box::pin(future)));
    JoinAll { children: Some(children.collect()) }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    /// `None` once the values have been handed out.
    children: Option<Vec<Child<F>>>,
}

enum Child<F: Future> {
    /// In a box of its own, so that it stays where it is when the vector moves.
    Waiting(Pin<Box<F>>),
    Done(F::Output),
}

/// The futures are pinned in their boxes, and the values are never pinned: all of it may be moved.
impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let children = self.children.as_mut().expect("`JoinAll` polled after completion");
        let mut are_all_done = true;
        for child in children {
            let Child::Waiting(future) = child else { continue };
            match future.as_mut().poll(cx) {
                Poll::Ready(value) => *child = Child::Done(value),
                Poll::Pending => are_all_done = false,
            }
        }
        if !are_all_done {
            return Poll::Pending;
        }
        let value = |child| match child {
            Child::Done(value) => Some(value),
            Child::Waiting(_) => None,
        };
        Poll::Ready(self.children.take().into_iter().flatten().filter_map(value).collect())
    }
}
// ANCHOR_END: join-all

impl<F: Future> fmt::Debug for JoinAll<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let children = self.children.as_deref().unwrap_or_default();
        let waiting = children.iter().filter(|child| matches!(child, Child::Waiting(_))).count();
        f.debug_struct("JoinAll")
            .field("waiting", &waiting)
            .field("done", &(children.len() - waiting))
            .finish()
    }
}
