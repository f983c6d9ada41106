//! Wrong: takes the second future out to poll it, and does not put it back.
//! Caught by: `a_pending_second_future_makes_the_whole_pending`
//! Because: `mem::replace` leaves `Done` behind. If the future that was taken out is pending, it is dropped at the end of the
//!   poll, and so is the wait.
//! Says: the second future is gone: it is needed at the next poll. What is taken out of the state has to be put back

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
        loop {
            match mem::replace(this, AndThen::Done) {
                AndThen::First { mut first, next } => match Pin::new(&mut first).poll(cx) {
                    Poll::Ready(value) => *this = AndThen::Second { second: next(value) },
                    Poll::Pending => {
                        *this = AndThen::First { first, next };
                        return Poll::Pending;
                    }
                },
                AndThen::Second { mut second } => return Pin::new(&mut second).poll(cx),
                AndThen::Done => panic!("polled after completion"),
            }
        }
    }
}
