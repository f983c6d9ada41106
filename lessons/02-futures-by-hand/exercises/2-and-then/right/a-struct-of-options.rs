//! Right: a struct of three options instead of an enum; what a poll after `Ready` returns is
//!   `Pending`.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for `first`, makes a second future from its value with `next`, and waits for that one.
pub fn and_then<A, N, B>(first: A, next: N) -> AndThen<A, N, B>
where
    A: Future,
    N: FnOnce(A::Output) -> B,
    B: Future,
{
    AndThen { first: Some(Box::new(first)), next: Some(next), second: None }
}

/// The future of [`and_then`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct AndThen<A, N, B> {
    first: Option<Box<A>>,
    next: Option<N>,
    second: Option<Box<B>>,
}

impl<A, N, B> Future for AndThen<A, N, B>
where
    A: Future + Unpin,
    N: FnOnce(A::Output) -> B + Unpin,
    B: Future + Unpin,
{
    type Output = B::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        if let Some(first) = self.first.as_mut()
            && let Poll::Ready(value) = Pin::new(first).poll(cx)
        {
            self.first = None;
            self.second = self.next.take().map(|next| Box::new(next(value)));
        }
        let state = self.second.as_mut().map_or(Poll::Pending, |second| Pin::new(second).poll(cx));
        if state.is_ready() {
            self.second = None;
        }
        state
    }
}
