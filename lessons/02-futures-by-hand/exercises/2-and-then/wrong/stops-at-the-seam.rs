//! Wrong: returns `Pending` when the first future is ready.
//! Caught by: `the_second_future_gets_its_first_poll_at_once`
//! Because: neither future has said `Pending`, so nobody below is waiting for anything, and an executor has no reason to poll
//!   again: the whole stands still between its halves.
//! Says: The first poll of the whole returned Pending and polled the second future 0 times

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

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

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        let this = self.get_mut();
        match this {
            AndThen::First { first, .. } => {
                let value = ready!(Pin::new(first).poll(cx));
                if let AndThen::First { next, .. } = mem::replace(this, AndThen::Done) {
                    *this = AndThen::Second { second: next(value) };
                }
                Poll::Pending
            }
            AndThen::Second { second } => {
                let value = ready!(Pin::new(second).poll(cx));
                *this = AndThen::Done;
                Poll::Ready(value)
            }
            AndThen::Done => panic!("`AndThen` polled after completion"),
        }
    }
}
