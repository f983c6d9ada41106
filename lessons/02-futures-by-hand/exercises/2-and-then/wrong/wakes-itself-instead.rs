//! Wrong: polls its parts with a context of its own, and wakes itself at every `Pending` to make up for it.
//! Caught by: `the_context_is_handed_on`
//! Because: it gets on, because it asks to be polled again at once, for as long as the wait lasts: the thread is never free.
//!   What the parts have to tell, nobody hears.
//! Says: it is not the one that this poll was given: the task is not woken

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

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
        let mut unheard = Context::from_waker(Waker::noop());
        loop {
            match this {
                AndThen::First { first, .. } => {
                    let Poll::Ready(value) = Pin::new(first).poll(&mut unheard) else {
                        cx.waker().wake_by_ref();
                        return Poll::Pending;
                    };
                    if let AndThen::First { next, .. } = mem::replace(this, AndThen::Done) {
                        *this = AndThen::Second { second: next(value) };
                    }
                }
                AndThen::Second { second } => {
                    let Poll::Ready(value) = Pin::new(second).poll(&mut unheard) else {
                        cx.waker().wake_by_ref();
                        return Poll::Pending;
                    };
                    *this = AndThen::Done;
                    return Poll::Ready(value);
                }
                AndThen::Done => panic!("polled after completion"),
            }
        }
    }
}
