//! Wrong: runs the second future eagerly, to its end, in the poll that makes it.
//! Caught by: `a_pending_second_future_makes_the_whole_pending`
//! Because: `poll` asks a pending future again and again instead of returning. The thread is kept
//!   busy, and nobody else gets a turn, until the second future is ready.
//! Says: After poll 1 of the whole, the second one has been polled 4 times

use std::pin::Pin;
use std::task::{Context, Poll, ready};

pub fn and_then<A, N, B>(first: A, next: N) -> AndThen<A, N, B>
where
    A: Future,
    N: FnOnce(A::Output) -> B,
    B: Future,
{
    AndThen { first, next: Some(next), second: None }
}

pub struct AndThen<A, N, B> {
    first: A,
    next: Option<N>,
    second: Option<B>,
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
        let value = ready!(Pin::new(&mut this.first).poll(cx));
        let next = this.next.take().expect("polled after completion");
        let second = this.second.insert(next(value));
        loop {
            if let Poll::Ready(value) = Pin::new(&mut *second).poll(cx) {
                return Poll::Ready(value);
            }
        }
    }
}
