//! Wrong: polls the second future where it makes it, if the first one was pending, and once
//!   more where it stands in the second half.
//! Caught by: `each_poll_goes_as_far_as_it_can_and_no_further`
//! Because: what has just said `Pending` is asked again before anything has happened.
//! Says: After poll 2 of the whole, the first has been polled twice and the second twice, where twice and once would be right

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Waits for `first`, makes a second future from its value with `next`, and waits for that one.
pub fn and_then<A, N, B>(first: A, next: N) -> AndThen<A, N, B>
where
    A: Future,
    N: FnOnce(A::Output) -> B,
    B: Future,
{
    AndThen::First { first, next, waited: false }
}

/// The future of [`and_then`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum AndThen<A, N, B> {
    /// Waits for the first future. The second does not exist yet.
    First { first: A, next: N, waited: bool },
    /// Waits for the second future. The first is gone.
    Second { second: B },
    /// The value has been handed out.
    Done,
}

impl<A, N, B> Future for AndThen<A, N, B>
where
    A: Future + Unpin,
    N: FnOnce(A::Output) -> B + Unpin,
    B: Future + Unpin,
{
    type Output = B::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        let this = self.get_mut();
        loop {
            match this {
                AndThen::First { first, waited, .. } => {
                    let Poll::Ready(value) = Pin::new(first).poll(cx) else {
                        *waited = true;
                        return Poll::Pending;
                    };
                    // `next` can be called once, so it has to be moved out of `this`; `Done` takes its place meanwhile.
                    if let AndThen::First { next, waited, .. } = mem::replace(this, AndThen::Done) {
                        let mut second = next(value);
                        if waited && let Poll::Ready(value) = Pin::new(&mut second).poll(cx) {
                            return Poll::Ready(value);
                        }
                        *this = AndThen::Second { second };
                    }
                }
                AndThen::Second { second } => {
                    let value = ready!(Pin::new(second).poll(cx));
                    *this = AndThen::Done;
                    return Poll::Ready(value);
                }
                AndThen::Done => panic!("`AndThen` polled after completion"),
            }
        }
    }
}
