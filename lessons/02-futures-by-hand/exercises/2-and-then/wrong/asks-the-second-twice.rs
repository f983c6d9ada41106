//! Wrong: polls the second future where it makes it, and once more where it stands in the second half.
//! Caught by: `a_pending_second_future_makes_the_whole_pending`
//! Because: after the first poll of the second future the code falls through to the place that polls it. That future has just
//!   said `Pending`.
//! Says: After poll 1 of the whole, the second one has been polled twice

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
    AndThen::First { first, next }
}

/// The future of [`and_then`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum AndThen<A, N, B> {
    /// Waits for the first future. The second does not exist yet.
    First { first: A, next: N },
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
        if let AndThen::First { first, .. } = this {
            let value = ready!(Pin::new(first).poll(cx));
            if let AndThen::First { next, .. } = mem::replace(this, AndThen::Done) {
                let mut second = next(value);
                // The second future needs its first poll, or it does not begin.
                if let Poll::Ready(value) = Pin::new(&mut second).poll(cx) {
                    return Poll::Ready(value);
                }
                *this = AndThen::Second { second };
            }
        }
        let AndThen::Second { second } = this else { panic!("polled after completion") };
        let value = ready!(Pin::new(second).poll(cx));
        *this = AndThen::Done;
        Poll::Ready(value)
    }
}
