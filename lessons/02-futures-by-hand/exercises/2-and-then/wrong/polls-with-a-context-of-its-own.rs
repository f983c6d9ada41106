//! Wrong: polls its parts with a context of its own.
//! Caught by: `the_context_is_handed_on`
//! Because: the `cx` says whom to tell when it is worth polling again. The parts tell a waker that
//!   does nothing, and the one that `poll` was given never hears of it.
//! Says: it is not the one that this poll was given: the task is not woken

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker, ready};

pub fn and_then<A, N, B>(first: A, next: N) -> AndThen<A, N, B>
where
    A: Future,
    N: FnOnce(A::Output) -> B,
    B: Future,
{
    AndThen::First { first, next }
}

pub enum AndThen<A, N, B> {
    First { first: A, next: N },
    Second { second: B },
    Done,
}

impl<A, N, B> Future for AndThen<A, N, B>
where
    A: Future + Unpin,
    N: FnOnce(A::Output) -> B + Unpin,
    B: Future + Unpin,
{
    type Output = B::Output;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<B::Output> {
        let this = self.get_mut();
        let mut cx = Context::from_waker(Waker::noop());
        if let AndThen::First { first, .. } = this {
            let value = ready!(Pin::new(first).poll(&mut cx));
            if let AndThen::First { next, .. } = mem::replace(this, AndThen::Done) {
                *this = AndThen::Second { second: next(value) };
            }
        }
        let AndThen::Second { second } = this else {
            panic!("`AndThen` polled after completion");
        };
        let value = ready!(Pin::new(second).poll(&mut cx));
        *this = AndThen::Done;
        Poll::Ready(value)
    }
}
