//! Wrong: runs the first future to its end when the whole is made.
//! Caught by: `nothing_runs_before_the_first_poll`
//! Because: making a future must not do its work: the caller blocks, and gets the work done even if
//!   it never polls.
//! Says: nobody has polled the whole yet, and the first future has been polled twice

use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

pub fn and_then<A, N, B>(first: A, next: N) -> AndThen<A, N, B>
where
    A: Future,
    N: FnOnce(A::Output) -> B,
    B: Future,
{
    let mut first = pin!(first);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = first.as_mut().poll(&mut cx) {
            return AndThen { second: next(value), made_from: PhantomData };
        }
    }
}

pub struct AndThen<A, N, B> {
    second: B,
    made_from: PhantomData<(A, N)>,
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
        Pin::new(&mut this.second).poll(cx)
    }
}
