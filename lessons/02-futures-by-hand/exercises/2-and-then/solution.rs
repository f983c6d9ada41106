//! One future after another, the second made from the value of the first.

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
        loop {
            match this {
                AndThen::First { first, .. } => {
                    let value = ready!(Pin::new(first).poll(cx));
                    // `next` can be called once, so it has to be moved out of `this`; `Done` takes
                    // its place meanwhile.
                    if let AndThen::First { next, .. } = mem::replace(this, AndThen::Done) {
                        *this = AndThen::Second { second: next(value) };
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
