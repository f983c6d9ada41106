//! Wrong: polls the first future in a loop until it is ready.
//! Caught by: `the_second_future_is_not_made_while_the_first_is_pending`
//! Because: it blocks: the thread is kept busy, and nobody else gets a turn, until the first future is ready. What would make
//!   it ready may need that thread.
//! Says: after poll 1 of the whole, the first future has been polled 3 times

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
            let value = loop {
                if let Poll::Ready(value) = Pin::new(&mut *first).poll(cx) {
                    break value;
                }
            };
            if let AndThen::First { next, .. } = mem::replace(this, AndThen::Done) {
                *this = AndThen::Second { second: next(value) };
            }
        }
        let AndThen::Second { second } = this else { panic!("polled after completion") };
        let value = ready!(Pin::new(second).poll(cx));
        *this = AndThen::Done;
        Poll::Ready(value)
    }
}
