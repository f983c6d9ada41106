//! Wrong: keeps the waker of the first poll, and polls its parts with that one ever after.
//! Caught by: `the_context_is_handed_on`
//! Because: a future may be polled by somebody else the next time. The wake then goes to whoever polled first, and the one who
//!   waits now is not told.
//! Says: poll 2 of the whole returned Pending because the first future did. Then that future woke the waker that it was polled with, and it is not the one

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

/// Waits for `first`, makes a second future from its value with `next`, and waits for that one.
pub fn and_then<A, N, B>(first: A, next: N) -> AndThen<A, N, B>
where
    A: Future,
    N: FnOnce(A::Output) -> B,
    B: Future,
{
    AndThen::First { first, next, waker: None }
}

/// The future of [`and_then`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum AndThen<A, N, B> {
    /// Waits for the first future. The second does not exist yet.
    First { first: A, next: N, waker: Option<Waker> },
    /// Waits for the second future. The first is gone.
    Second { second: B, waker: Waker },
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
                AndThen::First { first, waker, .. } => {
                    let waker = waker.get_or_insert_with(|| cx.waker().clone()).clone();
                    let mut cx = Context::from_waker(&waker);
                    let value = ready!(Pin::new(first).poll(&mut cx));
                    if let AndThen::First { next, .. } = mem::replace(this, AndThen::Done) {
                        *this = AndThen::Second { second: next(value), waker };
                    }
                }
                AndThen::Second { second, waker } => {
                    let mut cx = Context::from_waker(waker);
                    let value = ready!(Pin::new(second).poll(&mut cx));
                    *this = AndThen::Done;
                    return Poll::Ready(value);
                }
                AndThen::Done => panic!("polled after completion"),
            }
        }
    }
}
