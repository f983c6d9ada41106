//! Wrong: keeps the finished first future until the whole is dropped.
//! Caught by: `the_first_future_is_gone_before_the_second_is_polled`
//! Because: what the first future holds (memory, a connection, a lock) stays held while the second one waits, perhaps for exactly
//!   that.
//! Says: The first future is finished, and still there while the second runs

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
        if this.second.is_none() {
            let value = ready!(Pin::new(&mut this.first).poll(cx));
            let next =
                this.next.take().expect("it is called once, before there is a second future");
            this.second = Some(next(value));
        }
        let second = this.second.as_mut().expect("it was made above");
        Pin::new(second).poll(cx)
    }
}
