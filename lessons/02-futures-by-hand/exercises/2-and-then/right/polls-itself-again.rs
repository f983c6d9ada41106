//! Right: at the seam it calls its own `poll`; a pending poll wakes the task as well, and the last
//!   state is kept after `Ready`.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for `first`, makes a second future from its value with `next`, and waits for that one.
pub fn and_then<A, N, B>(first: A, next: N) -> AndThen<A, N, B>
where
    A: Future,
    N: FnOnce(A::Output) -> B,
    B: Future,
{
    AndThen::First(first, next)
}

/// The future of [`and_then`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub enum AndThen<A, N, B> {
    First(A, N),
    Between,
    Second(B),
}

impl<A, N, B> Future for AndThen<A, N, B>
where
    A: Future + Unpin,
    N: FnOnce(A::Output) -> B + Unpin,
    B: Future + Unpin,
{
    type Output = B::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        match mem::replace(&mut *self, AndThen::Between) {
            AndThen::First(mut first, next) => {
                let Poll::Ready(value) = Pin::new(&mut first).poll(cx) else {
                    *self = AndThen::First(first, next);
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                };
                drop(first);
                *self = AndThen::Second(next(value));
                self.poll(cx)
            }
            AndThen::Second(mut second) => {
                let state = Pin::new(&mut second).poll(cx);
                *self = AndThen::Second(second);
                if state.is_pending() {
                    cx.waker().wake_by_ref();
                }
                state
            }
            AndThen::Between => unreachable!("a call of `next` panicked"),
        }
    }
}
