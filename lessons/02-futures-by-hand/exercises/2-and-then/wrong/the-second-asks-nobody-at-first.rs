//! Wrong: polls the second future with a waker that does nothing, if the first one was ready in
//!   the first poll of the whole.
//! Caught by: `the_task_that_polled_last_is_woken`
//! Because: the second future may say `Pending` in that poll. It tells a waker that does
//!   nothing when it gets on, and the task waits for ever.
//! Says: polled by task A, and told Pending each time. Then the second future woke its task

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
                    if let AndThen::First { first, next, waited } =
                        mem::replace(this, AndThen::Done)
                    {
                        drop(first);
                        *this = AndThen::Second { second: next(value) };
                        if !waited {
                            return Pin::new(this).poll(&mut Context::from_waker(Waker::noop()));
                        }
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
