//! Wrong: keeps the first future in a variable of the poll until that poll ends.
//! Caught by: `the_first_future_is_gone_before_the_second_is_polled`
//! Because: moving it out of the enum does not drop it: it lives to the end of the arm, and the second future is polled before.
//!   If that one needs what the first still holds (a lock, a connection), it cannot get it.
//! Says: poll second, drop first. The first future is finished, and still there while the second runs

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
        match mem::replace(this, AndThen::Done) {
            AndThen::First { mut first, next } => match Pin::new(&mut first).poll(cx) {
                Poll::Pending => {
                    *this = AndThen::First { first, next };
                    Poll::Pending
                }
                Poll::Ready(value) => {
                    let mut second = next(value);
                    let state = Pin::new(&mut second).poll(cx);
                    if state.is_pending() {
                        *this = AndThen::Second { second };
                    }
                    state
                }
            },
            AndThen::Second { mut second } => {
                let state = Pin::new(&mut second).poll(cx);
                if state.is_pending() {
                    *this = AndThen::Second { second };
                }
                state
            }
            AndThen::Done => panic!("polled after completion"),
        }
    }
}
