//! Wrong: polls the finished first future again.
//! Caught by: `a_finished_first_future_is_not_polled_again`
//! Because: `poll` does not know which half it is in and begins with the first future each time. A finished future may panic, as
//!   here, or wait for something that never comes again.
//! Says: `first` was polled again after it had returned Ready

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
        let second = match (this.second.take(), this.next.take()) {
            (None, Some(next)) => next(value),
            (Some(second), _) => second,
            (None, None) => panic!("`AndThen` polled after completion"),
        };
        Pin::new(this.second.insert(second)).poll(cx)
    }
}
