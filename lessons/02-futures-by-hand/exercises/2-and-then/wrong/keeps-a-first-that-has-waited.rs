//! Wrong: keeps the first future beside the second one, where it has been pending.
//! Caught by: `the_first_future_is_gone_before_the_second_is_polled`
//! Because: a future that is ready is finished, however long it took. What it holds stays held
//!   while the second one runs.
//! Says: ready first, poll second. The first future is finished, and still there while the second runs

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
    Second { second: B, _first: Option<A> },
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
                    if let AndThen::First { first, next, waited } =
                        mem::replace(this, AndThen::Done)
                    {
                        *this = AndThen::Second {
                            second: next(value),
                            _first: waited.then_some(first),
                        };
                    }
                }
                AndThen::Second { second, .. } => {
                    let value = ready!(Pin::new(second).poll(cx));
                    *this = AndThen::Done;
                    return Poll::Ready(value);
                }
                AndThen::Done => panic!("`AndThen` polled after completion"),
            }
        }
    }
}
